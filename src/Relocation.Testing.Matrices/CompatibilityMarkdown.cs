using System.Globalization;
using System.Text;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Matrices;

/// <summary>A compatibility table in Markdown.</summary>
internal static class CompatibilityMarkdown
{
    internal static string Of(CompatibilityTable table)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Escaped(CompatibilityText.Summary(table))}\n\n");
        Row(text, table.Versions.Prepend("Backup"));
        Row(text, table.Versions.Select(_ => "---").Prepend("---"));
        foreach (var backup in table.Backups)
        {
            Row(text, table.Versions.Select(version => CellOf(table, backup, version)).Prepend(backup));
        }

        foreach (var backup in table.Backups)
        {
            WriteFindings(text, table, backup);
        }

        return text.ToString();
    }

    private static string CellOf(CompatibilityTable table, string backup, string version)
    {
        var agreeing = table.Agreeing(backup, version);
        return string.Join("; ", agreeing.Select(group =>
            agreeing.Count == 1 ? Short(group.Cell) : $"{Short(group.Cell)} ({group.Engines})"));
    }

    private static string Short(CompatibilityCell cell) => cell.Findings.Count == 0
        ? CompatibilityText.InWords(cell.Result)
        : string.Create(CultureInfo.InvariantCulture, $"{CompatibilityText.InWords(cell.Result)}: {cell.Findings.Count}");

    private static void WriteFindings(StringBuilder text, CompatibilityTable table, string backup)
    {
        var different = table.Versions.SelectMany(version => table.Agreeing(backup, version).Select(group => (Version: version, group.Engines, group.Cell)))
            .Where(item => item.Cell.Findings.Count > 0).ToList();
        if (different.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## {Escaped(backup)}\n");
        foreach (var (version, engines, cell) in different)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Escaped(CompatibilityText.Title(table, version, engines))}: {CompatibilityText.InWords(cell.Result)}\n\n");
            foreach (var finding in cell.Findings)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {Escaped(finding.ToString())}\n");
            }
        }
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(Escaped)).Append(" |\n");

    /// <summary>One line in which nothing is markup.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in ShownText.Line(text.ReplaceLineEndings(" ")))
        {
            _ = character is '|' or '<' or '>' or '*' or '_' or '`' or '[' or ']' or '\\' ? escaped.Append('\\').Append(character) : escaped.Append(character);
        }

        return escaped.ToString();
    }
}
