using Relocation.Testing.Backups;
using Relocation.Testing.Files;

namespace Relocation.Testing.Databases;

/// <summary>Finds backups by pattern, from the folder of a test's source file or project.</summary>
internal static class BackupSearch
{
    /// <summary>The files that match, in the first of the folders in which any does.</summary>
    /// <exception cref="FileNotFoundException">No file matches.</exception>
    internal static IReadOnlyList<FoundFile> Files(string pattern, string sourceFile)
    {
        var folders = SourceFolders.Of(sourceFile);
        var files = new FilePattern(pattern).Find(folders);
        return files.Count > 0 ? files : throw BackupErrors.NoBackupMatches(pattern, folders);
    }
}
