using Relocation.Testing.Backups;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing.Databases;

/// <summary>Finds backups by pattern, from the folder of a test's source file or project.</summary>
internal static class BackupSearch
{
    /// <summary>The files that match, in the first of the folders in which any does.</summary>
    /// <exception cref="FileNotFoundException">No file matches.</exception>
    internal static IReadOnlyList<FoundFile> Files(string pattern, string sourceFile)
    {
        var folders = Folders(sourceFile).Distinct().ToList();
        var files = new FilePattern(pattern).Find(folders);
        return files.Count > 0 ? files : throw BackupErrors.NoBackupMatches(pattern, folders);
    }

    private static IEnumerable<string> Folders(string sourceFile)
    {
        var source = SnapshotPaths.FindSourceFolder(sourceFile, AppContext.BaseDirectory);
        if (source is not null)
        {
            yield return source;
        }

        for (var folder = new DirectoryInfo(source ?? AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("*.??proj").Any())
            {
                yield return folder.FullName;
                break;
            }
        }

        yield return AppContext.BaseDirectory;
    }
}
