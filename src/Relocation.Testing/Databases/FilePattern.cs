using System.IO.Enumeration;

namespace Relocation.Testing.Databases;

/// <summary>A path with wildcards: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders.</summary>
/// <remarks>
/// Upper and lower case do not count, on any system. <c>**</c> leaves out what builds and tools make: folders named
/// <c>bin</c> or <c>obj</c>, and those that begin with a dot.
/// </remarks>
internal sealed class FilePattern
{
    private const string AnyFolders = "**";

    private static readonly string[] AnyName = ["*"];

    private readonly string _fixedPart;
    private readonly string[] _segments;

    internal FilePattern(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var segments = text.Replace('\\', '/').Split('/');
        var fixedCount = 0;
        while (fixedCount < segments.Length - 1 && !segments[fixedCount].AsSpan().ContainsAny('*', '?'))
        {
            fixedCount++;
        }

        // The empty segment before a path's first slash is the root.
        _fixedPart = fixedCount == 1 && segments[0].Length == 0 ? "/" : string.Join('/', segments[..fixedCount]);
        _segments = [.. segments[fixedCount..].Where(segment => segment.Length > 0)];
    }

    /// <summary>The files of the first folder in which there are some, ordered by name.</summary>
    /// <param name="folders">Where a relative pattern may begin.</param>
    internal IReadOnlyList<FoundFile> Find(IEnumerable<string> folders)
    {
        foreach (var folder in folders)
        {
            var root = new DirectoryInfo(Path.GetFullPath(Path.Combine(folder, _fixedPart)));
            if (root.Exists && Matches(root, _segments, string.Empty).DistinctBy(file => file.Path).ToList() is { Count: > 0 } files)
            {
                return [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
            }
        }

        return [];
    }

    private static IEnumerable<FoundFile> Matches(DirectoryInfo folder, ReadOnlyMemory<string> segments, string prefix)
    {
        if (segments.IsEmpty)
        {
            return [];
        }

        var (first, rest) = (segments.Span[0], segments[1..]);
        if (first == AnyFolders)
        {
            // As the last segment it stands for the files below, too.
            var here = Matches(folder, rest.IsEmpty ? AnyName : rest, prefix);
            return here.Concat(folder.EnumerateDirectories().Where(IsSource)
                .SelectMany(child => Matches(child, segments, $"{prefix}{child.Name}/")));
        }

        return rest.IsEmpty
            ? folder.EnumerateFiles().Where(file => IsMatch(first, file.Name))
                .Select(file => new FoundFile(prefix + file.Name, file.FullName))
            : folder.EnumerateDirectories().Where(child => IsMatch(first, child.Name))
                .SelectMany(child => Matches(child, rest, $"{prefix}{child.Name}/"));
    }

    private static bool IsMatch(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);

    /// <summary>A linked folder may lead back to where it lies.</summary>
    private static bool IsSource(DirectoryInfo folder) =>
        folder.Name is not ("bin" or "obj") && folder.Name[0] != '.' && folder.LinkTarget is null;
}
