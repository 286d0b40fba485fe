namespace Relocation.Testing.Files;

/// <summary>Where the relative paths begin that a test's source gives: one rule for all of them.</summary>
internal static class SourceFolders
{
    /// <summary>
    /// The folders in their order: the source file's, its project's, the one that the tests run from, and the current one. The first in which there
    /// is a file counts.
    /// </summary>
    internal static IReadOnlyList<string> Of(string sourceFile) =>
        [.. All(sourceFile).DistinctBy(folder => Path.TrimEndingDirectorySeparator(folder))];

    /// <summary>The file that a path means, or null where there is none.</summary>
    internal static string? Find(string path, string sourceFile) => Path.IsPathFullyQualified(path)
        ? path
        : Of(sourceFile).Select(folder => Path.GetFullPath(Path.Combine(folder, path)))
            .FirstOrDefault(candidate => Path.Exists(candidate) && !Directory.Exists(candidate));

    /// <summary>
    /// The folder of the source file on this machine, or null. Deterministic builds record <c>/_/tests/Some.cs</c>, and
    /// builds elsewhere another place: then the end of the path is looked for above the folder that the test runs from.
    /// </summary>
    internal static string? FindOf(string sourceFile, string baseFolder)
    {
        if (Path.GetDirectoryName(sourceFile) is { Length: > 0 } folder && Directory.Exists(folder))
        {
            return folder;
        }

        var parts = sourceFile.Split('/', '\\');
        for (var skipped = 1; skipped < parts.Length - 1; skipped++)
        {
            var end = Path.Combine(parts[skipped..]);
            for (var current = new DirectoryInfo(baseFolder); current is not null; current = current.Parent)
            {
                var candidate = Path.Combine(current.FullName, end);
                if (File.Exists(candidate))
                {
                    return Path.GetDirectoryName(candidate) ?? current.FullName;
                }
            }
        }

        return null;
    }

    private static IEnumerable<string> All(string sourceFile)
    {
        var source = FindOf(sourceFile, AppContext.BaseDirectory);
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
        yield return Environment.CurrentDirectory;
    }
}
