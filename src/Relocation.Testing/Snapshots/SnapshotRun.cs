using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing.Snapshots;

/// <summary>
/// A folder that tells which approved files a test run compared with: one small file for each, named by its path's hash. Processes
/// may write at the same time, since the same file always holds the same.
/// </summary>
internal static class SnapshotRun
{
    /// <summary>The environment variable that names the folder. A relative path starts at the repository.</summary>
    internal const string Variable = "RELOCATION_SNAPSHOT_RUN";

    private const string End = ".used.txt";

    internal static async Task NoteAsync(string runFolder, string approvedPath, CancellationToken cancellationToken)
    {
        var root = SnapshotPaths.FindRoot(Path.GetDirectoryName(approvedPath) ?? approvedPath);
        var folder = root is null ? Path.GetFullPath(runFolder) : Path.GetFullPath(Path.Combine(root, runFolder));
        var used = root is null ? approvedPath : Path.GetRelativePath(root, approvedPath).Replace('\\', '/');
        var file = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(used)))[..32] + End);
        if (File.Exists(file))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        try
        {
            await File.WriteAllTextAsync(file, used, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another test process writes the same at this moment.
        }
    }

    /// <summary>The full paths of the approved files that a run compared with.</summary>
    /// <param name="runFolder">The folder.</param>
    /// <param name="root">The repository.</param>
    internal static IReadOnlySet<string> Read(string runFolder, string root) =>
        Directory.EnumerateFiles(runFolder, "*" + End)
            .Select(file => Path.GetFullPath(Path.Combine(root, File.ReadAllText(file)))).ToHashSet(StringComparer.Ordinal);
}
