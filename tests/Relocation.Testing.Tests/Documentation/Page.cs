using System.Text.RegularExpressions;

namespace Relocation.Testing.Tests.Documentation;

/// <summary>A Markdown page of the repository, by its headings.</summary>
internal sealed partial class Page
{
    private Page(IReadOnlyList<string> headings)
    {
        Headings = headings;
        Sections = [.. headings.Select(heading => Number().Match(heading).Value).Where(number => number.Length > 0)];
        Anchors = [.. headings.Select(AnchorOf)];
    }

    /// <summary>The headings, without their marks.</summary>
    internal IReadOnlyList<string> Headings { get; }

    /// <summary>The numbers that headings begin with, as <c>5.7.4</c>.</summary>
    internal HashSet<string> Sections { get; }

    /// <summary>What links within a page lead to.</summary>
    internal HashSet<string> Anchors { get; }

    /// <summary>Reads a page.</summary>
    internal static Page Read(string markdown) =>
        new([.. Heading().Matches(Code().Replace(markdown.ReplaceLineEndings("\n"), string.Empty)).Select(match => match.Groups[1].Value.Trim())]);

    /// <summary>The anchor that the host of the repository makes of a heading.</summary>
    private static string AnchorOf(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)*(?= )")]
    private static partial Regex Number();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();
}
