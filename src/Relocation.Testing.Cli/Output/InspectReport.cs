using Relocation.Testing.Cli.Inspecting;

namespace Relocation.Testing.Cli.Output;

/// <summary>What a backup holds, for people.</summary>
internal sealed class InspectReport(BackupInspection inspection, Terminal terminal)
{
    private readonly TextWriter _writer = terminal.Writer;

    internal void Write()
    {
        WriteLabels();
        WriteFields();
        WriteUnknown();
        var models = inspection.Plan is { } plan ? $", held against {plan.Model.Name}" : string.Empty;
        _writer.WriteLine(Terminal.Printable(
            $"{inspection.Name}: {ReportText.Count(inspection.Records, "record")} of {ReportText.Count(inspection.Labels.Count, "model")} in "
            + $"{ReportText.Count(inspection.Runs, "run")}, {ReportText.Count(inspection.Bytes ?? 0, "byte")}{models}."));
    }

    /// <summary>With a model, labels stand in the order in which they are imported; without, in that of the backup.</summary>
    private void WriteLabels()
    {
        var order = inspection.Plan is null ? Array.Empty<TextTable.Column>() : [new("Import order")];
        var table = new TextTable(
        [
            new("Model", IsNumber: false), new("Records"), new("Runs"), new("Bytes"), new("Keys", IsNumber: false),
            new("Range", IsNumber: false), new("Fields"), .. order,
        ]);
        foreach (var label in Ordered())
        {
            table.Add(
            [
                label.Label.Value,
                ReportText.Number(label.Records),
                ReportText.Number(label.Runs),
                ReportText.Number(label.Bytes),
                string.Join(", ", label.KeyKinds.Select(kind => kind.ToString().ToLowerInvariant())),
                RangeOf(label),
                ReportText.Number(label.Fields.Count),
                .. order.Select(_ => label.Planned is { } planned ? ReportText.Number(planned.Rank + 1) : "unknown"),
            ]);
        }

        table.Write(_writer, terminal.Output);
    }

    private IEnumerable<InspectedLabel> Ordered() => inspection.Plan is null
        ? inspection.Labels
        : inspection.Labels.OrderBy(label => label.Planned?.Rank ?? int.MaxValue).ThenBy(label => label.Label);

    private static string RangeOf(InspectedLabel label) => (label.Lowest, label.Highest) switch
    {
        ({ } lowest, { } highest) when lowest == highest => $"{lowest}",
        ({ } lowest, { } highest) => $"{lowest} to {highest}",
        _ => "(hidden)",
    };

    private void WriteFields()
    {
        if (inspection.Labels.Count == 0)
        {
            return;
        }

        _writer.WriteLine("Fields, with the number of records where not all have them:");
        foreach (var label in Ordered())
        {
            var fields = label.Fields.Select(field => field.Value == label.Records ? field.Key : $"{field.Key} ({ReportText.Number(field.Value)})");
            _writer.WriteLine(Terminal.Printable($"  {label.Label}: {string.Join(", ", fields)}"));
        }

        _writer.WriteLine();
    }

    private void WriteUnknown()
    {
        if (inspection.Plan is not { } plan)
        {
            return;
        }

        _writer.WriteList(
            $"Models that {plan.Model.Name} does not know:",
            [.. inspection.Labels.Where(label => label.Planned is null).Select(label => label.NearMisses.Count == 0
                ? label.Label.Value
                : $"{label.Label} (near: {string.Join(", ", label.NearMisses)})")],
            "--json lists all.");
        _writer.WriteList(
            $"Fields that {plan.Model.Name} does not know:",
            [.. inspection.Labels.Where(label => label.UnknownFields.Count > 0)
                .Select(label => $"{label.Label}: {string.Join(", ", label.UnknownFields)}")],
            "--json lists all.");
    }
}
