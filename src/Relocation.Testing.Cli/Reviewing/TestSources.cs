using System.Text.RegularExpressions;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing.Cli.Reviewing;

/// <summary>The sources of tests, by which it is told whether somebody could still write a snapshot that a run did not use.</summary>
internal sealed partial class TestSources
{
    private static readonly string[] Endings = [".cs", ".fs", ".vb"];
    private static readonly string[] Skipped = ["bin", "obj"];

    private readonly Dictionary<string, List<(string Name, string Text)>> _byProject = new(StringComparer.Ordinal);

    /// <summary>Whether the sources of the approved file's project hold its test: a file with the type and the method, or the name as it is.</summary>
    internal bool Mention(string approved)
    {
        var name = SnapshotPaths.SnapshotNameOf(Path.GetDirectoryName(approved)!, approved);
        var sources = Of(ProjectOf(approved));
        return sources.Exists(source => source.Text.Contains(name, StringComparison.Ordinal)) || TestsOf(name).Any(parts => Mention(sources, parts));
    }

    private static bool Mention(List<(string Name, string Text)> sources, string[] parts) => parts.Length > 1 && sources.Exists(source =>
        HasWord(source.Text, parts[^1]) && (HasWord(source.Text, parts[^2]) || source.Name.StartsWith(parts[^2] + ".", StringComparison.Ordinal)));

    /// <summary>
    /// The types and methods that a file's name may stand for. Behind a method stand an underscore, the first parameter and an equals sign, and both
    /// names may have underscores of their own.
    /// </summary>
    private static IEnumerable<string[]> TestsOf(string name)
    {
        var equals = name.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            yield return Parts(name);
            yield break;
        }

        for (var at = name.LastIndexOf('_', equals); at > 0; at = name.LastIndexOf('_', at - 1))
        {
            yield return Parts(name[..at]);
        }

        static string[] Parts(string test) => Brackets().Replace(test, string.Empty).Split('.');
    }

    /// <summary>The nearest folder with a project, or the file's own.</summary>
    private static string ProjectOf(string approved)
    {
        var own = Path.GetDirectoryName(approved)!;
        for (var folder = new DirectoryInfo(own); folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && folder.EnumerateFiles("*.??proj").Any())
            {
                return folder.FullName;
            }
        }

        return own;
    }

    private static bool HasWord(string text, string word) => word.Length > 0 && Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(word)}(?!\w)");

    private List<(string Name, string Text)> Of(string project)
    {
        if (!_byProject.TryGetValue(project, out var sources))
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
            sources = Directory.Exists(project)
                ? [.. Directory.EnumerateFiles(project, "*.??", options).Where(file => IsSource(project, file)).Select(file => (Path.GetFileName(file), File.ReadAllText(file)))]
                : [];
            _byProject.Add(project, sources);
        }

        return sources;
    }

    private static bool IsSource(string project, string file) => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        && !Path.GetRelativePath(project, file).Split('/', '\\').Intersect(Skipped, StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>Type arguments, those of classes, and the hash of a name.</summary>
    [GeneratedRegex(@"\[.*\]|\(.*\)|-[0-9a-f]{16}$")]
    private static partial Regex Brackets();
}
