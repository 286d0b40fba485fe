using System.Text.RegularExpressions;

namespace Relocation.Testing.Tests.Documentation;

/// <summary>What comments cite: <c>docs/PAGE.md</c>, alone, with <c>section 5.7</c> or with a heading behind it.</summary>
internal static partial class Citations
{
    /// <summary>The citations of a source that lead nowhere.</summary>
    /// <param name="source">The source; a citation may go on in the next line of a comment.</param>
    /// <param name="pages">The pages by their paths in the repository.</param>
    internal static IReadOnlyList<string> Missing(string source, IReadOnlyDictionary<string, Page> pages)
    {
        var text = LineOfComment().Replace(source.ReplaceLineEndings("\n"), " ");
        var missing = Elsewhere().Matches(text).Select(match => match.Value).ToList();
        foreach (Match citation in Cited().Matches(text))
        {
            if (!pages.TryGetValue(citation.Groups["page"].Value, out var page))
            {
                missing.Add(citation.Value);
                continue;
            }

            var sections = Number().Matches(citation.Groups["sections"].Value).Select(match => match.Value);
            missing.AddRange(
                sections.Where(section => !page.Sections.Contains(section)).Select(section => $"{citation.Groups["page"].Value}, section {section}"));

            // Headings may hold commas, so that what stands behind the comma is not cut at the next one.
            var heading = citation.Groups["heading"].Value;
            if (heading.Length > 0 && !page.Headings.Any(known => heading == known || heading.StartsWith($"{known},", StringComparison.Ordinal)))
            {
                missing.Add($"{citation.Groups["page"].Value}, {heading}");
            }
        }

        return missing;
    }

    [GeneratedRegex(@"\n\s*(///|//|#) ?")]
    private static partial Regex LineOfComment();

    [GeneratedRegex(
        @"(?<page>docs/[\w-]+\.md)(</c>)?"
        + @"(, sections? (?<sections>[0-9.]+[0-9](, [0-9.]*[0-9]|( and| to) [0-9.]*[0-9])*|[0-9]+)|, (?<heading>[A-Z][^();:.<]*))?")]
    private static partial Regex Cited();

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)*")]
    private static partial Regex Number();

    /// <summary>Documents that are not in the repository.</summary>
    [GeneratedRegex(@"\b((import|event) specification\b|specification, (section )?[0-9]|specification's (section|defect)|addendum\b[^""])", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();
}
