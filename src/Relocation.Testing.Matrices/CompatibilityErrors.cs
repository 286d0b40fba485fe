namespace Relocation.Testing.Matrices;

/// <summary>The messages about compatibility matrices: what is wrong, where, what to do.</summary>
internal static class CompatibilityErrors
{
    internal static ArgumentException MatrixLacks(string what, string parameter) => new(
        $"A matrix needs at least one {what}. Give some.", parameter);

    internal static ArgumentException MatrixHasTwice(string what, string name, string parameter) => new(
        $"The matrix has two {what}s named '{name}'. Give each a name of its own.", parameter);

    internal static ArgumentException BackupReadOnce(string name, string parameter) => new(
        $"Backup '{name}' can be read only once, and a matrix reads it for every cell. Give a file, or a stream that can seek.", parameter);

    internal static ArgumentException NoSuchCell(string backup, string version, string engine) => new(
        $"The table has no cell of backup '{backup}', version '{version}' and engine '{engine}'. Use names of its Backups, Versions and Engines.");
}
