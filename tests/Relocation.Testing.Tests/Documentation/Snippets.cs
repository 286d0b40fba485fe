using System.Text.RegularExpressions;

namespace Relocation.Testing.Tests.Documentation;

/// <summary>The parts of the sample tests that readmes show, from <c>// begin-snippet: name</c> to <c>// end-snippet</c>.</summary>
internal static partial class Snippets
{
    /// <summary>Reads all parts of the sources, by name.</summary>
    /// <exception cref="FormatException">A name is used twice, or a part has no end.</exception>
    internal static Dictionary<string, string> Read(IEnumerable<string> sources)
    {
        var snippets = new Dictionary<string, string>();
        foreach (var source in sources)
        {
            string? name = null;
            var lines = new List<string>();
            foreach (var line in source.Split('\n'))
            {
                if (Begin().Match(line) is { Success: true } begin)
                {
                    name = name is null
                        ? begin.Groups[1].Value
                        : throw new FormatException($"Snippet '{name}' has no end before the next begins.");
                    lines.Clear();
                }
                else if (line.Trim() == "// end-snippet")
                {
                    var ended = name ?? throw new FormatException("A snippet ends that did not begin.");
                    if (!snippets.TryAdd(ended, Trimmed(lines)))
                    {
                        throw new FormatException($"Two snippets are called '{ended}'.");
                    }

                    name = null;
                }
                else
                {
                    lines.Add(line);
                }
            }

            if (name is not null)
            {
                throw new FormatException($"Snippet '{name}' has no end.");
            }
        }

        return snippets;
    }

    /// <summary>The C# blocks of a readme, each with the name in the <c>&lt;!-- snippet: name --&gt;</c> or <c>&lt;!-- file: path --&gt;</c> before it, or null.</summary>
    internal static IEnumerable<(string? Name, string Code)> Blocks(string markdown) =>
        Block().Matches(markdown).Select(match => (
            match.Groups["name"].Success ? match.Groups["name"].Value : null,
            Trimmed(match.Groups["code"].Value.Split('\n'))));

    /// <summary>The blocks of a language, in their order.</summary>
    internal static IEnumerable<string> Fenced(string markdown, string language) =>
        AnyBlock().Matches(markdown.ReplaceLineEndings("\n")).Where(match => match.Groups["language"].Value == language)
            .Select(match => match.Groups["code"].Value.TrimEnd('\n'));

    /// <summary>What a page links to within the repository.</summary>
    internal static IEnumerable<string> Links(string markdown) =>
        Link().Matches(markdown).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>The same with what leads within a page.</summary>
    internal static IEnumerable<string> AllLinks(string markdown) =>
        LinkOrAnchor().Matches(markdown).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>Without common indentation, white space at line ends, and empty lines around.</summary>
    private static string Trimmed(IReadOnlyList<string> lines)
    {
        var full = lines.Where(line => line.Trim().Length > 0).ToList();
        var indent = full.Count == 0 ? 0 : full.Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length < indent ? string.Empty : line[indent..].TrimEnd())).Trim('\n');
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex AnyBlock();

    [GeneratedRegex(@"\]\(([^)#\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkOrAnchor();

    [GeneratedRegex(@"^\s*// begin-snippet: (\S+)\s*$")]
    private static partial Regex Begin();

    [GeneratedRegex(@"(?:<!-- (?:snippet|file): (?<name>\S+) -->[ \t]*\n\s*)?^[ \t]*```(?:csharp|cs|c#)[^\n]*\n(?<code>.*?)^[ \t]*```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
