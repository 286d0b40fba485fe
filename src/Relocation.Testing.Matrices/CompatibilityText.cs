using System.Globalization;
using System.Text;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Matrices;

/// <summary>A compatibility table as text to approve.</summary>
internal static class CompatibilityText
{
    private const string Header = "relocation compatibility 1";

    internal static string Of(CompatibilityTable table)
    {
        var text = new StringBuilder();
        text.Append(Header).Append('\n').Append(Summary(table)).Append('\n');
        foreach (var backup in table.Backups)
        {
            text.Append('\n').Append(ShownText.Line(backup)).Append('\n');
            foreach (var version in table.Versions)
            {
                foreach (var (engines, cell) in table.Agreeing(backup, version))
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {Title(table, version, engines)}: {InWords(cell)}\n");
                    foreach (var finding in cell.Findings)
                    {
                        text.Append(CultureInfo.InvariantCulture, $"    {ShownText.Line(finding.ToString().ReplaceLineEndings(" "))}\n");
                    }
                }
            }
        }

        return text.ToString();
    }

    internal static string Summary(CompatibilityTable table)
    {
        var counts = Enum.GetValues<Compatibility>()
            .Select(result => (Result: result, Count: table.Cells.Count(cell => cell.Result == result)))
            .Where(result => result.Count > 0)
            .Select(result => string.Create(CultureInfo.InvariantCulture, $"{result.Count} {InWords(result.Result)}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(table.Backups.Count, "backup")}, {Count(table.Versions.Count, "version")}, {string.Join(" and ", table.Engines)}: {string.Join(", ", counts)}");
    }

    internal static string InWords(Compatibility result) => result switch
    {
        Compatibility.Clean => "clean",
        Compatibility.AsDeclared => "as declared",
        Compatibility.Drift => "drift",
        _ => "refused",
    };

    /// <summary>The version, and the engines where they do not agree.</summary>
    internal static string Title(CompatibilityTable table, string version, string engines) =>
        engines == string.Join(", ", table.Engines) ? version : $"{version} ({engines})";

    private static string InWords(CompatibilityCell cell) => cell.Result == Compatibility.Refused
        ? InWords(cell.Result)
        : $"{InWords(cell.Result)}, {Count(cell.Written, "record")} written";

    private static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");
}
