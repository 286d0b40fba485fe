namespace Relocation.Testing;

internal static partial class Errors
{
    internal static ArgumentException EmptyBackupName() =>
        new("A label or field that backups hold has no name here. Give its name as backups write it.");
}
