using System.Runtime.CompilerServices;
using Relocation.Testing.Backups;
using Relocation.Testing.Cases;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing;

/// <summary>Finds backups from where a test's source lies.</summary>
/// <remarks>
/// A pattern is a path in which <c>*</c> and <c>?</c> stand for parts of a name, and <c>**</c> for any folders but those
/// that builds and tools make (<c>bin</c>, <c>obj</c>, names that begin with a dot). It begins at the source file's folder;
/// or where nothing matches there at the project's folder; or else at the folder that the tests run from; or last at the
/// current folder. Relative paths of <see cref="Backup.FromFile"/> begin at the same folders. Upper and lower case of
/// patterns do not count. What is found is ordered by name, the same on every machine.
/// </remarks>
public static class BackupFiles
{
    /// <summary>The backups that match a pattern; at least one.</summary>
    /// <param name="pattern">A path, with or without wildcards.</param>
    /// <param name="sourceFile">The test's source file; the compiler gives it.</param>
    /// <exception cref="FileNotFoundException">No file matches.</exception>
    public static IReadOnlyList<Backup> Find(string pattern, [CallerFilePath] string sourceFile = "") =>
        [.. BackupSearch.Files(pattern, sourceFile).Select(file => Backup.FromFile(file.Path))];

    /// <summary>A case for each backup that matches a pattern, on each engine; at least one.</summary>
    /// <param name="pattern">A path, with or without wildcards.</param>
    /// <param name="engines">
    /// The types of the engines, like <c>SqliteEngine</c>; or null or none for each whose package the tests reference.
    /// </param>
    /// <param name="sourceFile">The test's source file; the compiler gives it.</param>
    /// <exception cref="FileNotFoundException">No file matches.</exception>
    /// <exception cref="InvalidOperationException">
    /// The package of an engine is not referenced, or two backups' approved files would have the same name.
    /// </exception>
    public static IReadOnlyList<BackupCase> FindCases(
        string pattern, IReadOnlyCollection<Type>? engines = null, [CallerFilePath] string sourceFile = "") =>
        FindCases(pattern, versions: null, engines, sourceFile);

    /// <summary>A case for each backup that matches a pattern, in each version of the tables, on each engine; at least one.</summary>
    /// <param name="pattern">A path, with or without wildcards.</param>
    /// <param name="versions">
    /// A type that lists versions: an <see cref="ISchemaVersions"/> with a public constructor without parameters. Or null for none.
    /// </param>
    /// <param name="engines">
    /// The types of the engines, like <c>SqliteEngine</c>; or null or none for each whose package the tests reference.
    /// </param>
    /// <param name="sourceFile">The test's source file; the compiler gives it.</param>
    /// <exception cref="FileNotFoundException">No file matches.</exception>
    /// <exception cref="InvalidOperationException">
    /// The package of an engine is not referenced, two backups' approved files would have the same name, or the type lists no versions.
    /// </exception>
    public static IReadOnlyList<BackupCase> FindCases(
        string pattern, Type? versions, IReadOnlyCollection<Type>? engines, [CallerFilePath] string sourceFile = "")
    {
        var packages = EnginePackages.Of(engines ?? []);
        var files = BackupSearch.Files(pattern, sourceFile);
        var names = new Dictionary<string, FoundFile>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files)
        {
            if (!names.TryAdd(SnapshotPaths.FileName(file.Name), file))
            {
                throw BackupErrors.BackupNamesCollide(pattern, names[SnapshotPaths.FileName(file.Name)].Path, file.Path);
            }
        }

        var listed = MatrixVersions.Of(versions);
        return [.. files.SelectMany(file => listed.SelectMany(version => packages.Select(package => new BackupCase(file, package, version))))];
    }
}
