using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Matrices;

namespace Relocation.Testing.Cli.Output;

/// <summary>A compatibility table, for people and for programs.</summary>
internal static class MatrixReport
{
    internal static void Write(Terminal terminal, CompatibilityTable table, SnapshotMismatchException? mismatch, bool isRefused)
    {
        var columns = new List<TextTable.Column> { new("Backup", IsNumber: false), new("Version", IsNumber: false) };
        columns.AddRange(table.Engines.Select(engine => new TextTable.Column(engine, IsNumber: false)));
        columns.Add(new TextTable.Column("Differences", IsNumber: false));
        var drawn = new TextTable([.. columns]);
        foreach (var backup in table.Backups)
        {
            foreach (var version in table.Versions)
            {
                var cells = table.Engines.Select(engine => table.Find(backup, version, engine)).ToList();
                drawn.Add([backup, version, .. cells.Select(cell => CompatibilityText.InWords(cell.Result)), Differences(table, backup, version)]);
            }
        }

        drawn.Write(terminal.Writer, terminal.Output);
        terminal.Writer.WriteList("Refused:", [.. Refusals(table)], "--output FILE lists all.");
        if (mismatch is not null)
        {
            terminal.Writer.WriteLine(Terminal.Printable(mismatch.Message));
            terminal.Writer.WriteLine();
        }

        terminal.Writer.WriteLine($"{Terminal.Printable(table.ToString())}.");
        if (isRefused)
        {
            terminal.Writer.WriteLine(Errors.RefusedCells());
        }
    }

    internal static void WriteJson(Terminal terminal, CompatibilityTable table, string? approved, SnapshotMismatchException? mismatch, bool isRefused) =>
        JsonDocumentWriter.Write(terminal, json =>
        {
            json.WriteString("status", mismatch is not null ? "mismatch" : isRefused ? "refused" : "filled");
            json.WriteNumber("exitCode", mismatch is null && !isRefused ? ExitCode.Done : ExitCode.Finding);
            CompatibilityJson.WriteMembers(json, table);
            if (ApprovedDocument.Of(approved, mismatch) is { } comparison)
            {
                json.WriteValue("approved", comparison);
            }
        });

    /// <summary>How many differences of each kind there are; engines are named where they do not agree.</summary>
    private static string Differences(CompatibilityTable table, string backup, string version)
    {
        var agreeing = table.Agreeing(backup, version);
        return string.Join("; ", agreeing.Where(group => group.Cell.Findings.Count > 0).Select(group =>
            agreeing.Count == 1 ? Counts(group.Cell) : $"{group.Engines}: {Counts(group.Cell)}"));
    }

    private static string Counts(CompatibilityCell cell) => string.Join(", ", cell.Findings.GroupBy(finding => finding.Kind)
        .Select(group => ReportText.Count(group.Count(), Noun(group.Key))));

    private static string Noun(CompatibilityFindingKind kind) => kind switch
    {
        CompatibilityFindingKind.UnknownModel => "unknown model",
        CompatibilityFindingKind.UnknownField => "unknown field",
        CompatibilityFindingKind.DefaultedField => "defaulted field",
        CompatibilityFindingKind.Declared => "declared difference",
        CompatibilityFindingKind.DroppedRecord => "model with dropped records",
        _ => "problem",
    };

    private static IEnumerable<string> Refusals(CompatibilityTable table) => table.Cells.Where(cell => cell.Result == Compatibility.Refused)
        .SelectMany(cell => cell.Findings.Select(finding => (Version: $"{cell.Version} ({cell.Engine})", Text: $"{cell.Backup}, {finding}")))
        .GroupBy(refusal => refusal.Text)
        .Select(group => $"{string.Join(", ", group.Select(refusal => refusal.Version))}: {group.Key}");
}
