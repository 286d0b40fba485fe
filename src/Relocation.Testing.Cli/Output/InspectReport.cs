using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Inspecting;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Cli.Output;

/// <summary>The content of a backup, for people.</summary>
internal sealed class InspectReport(BackupInspection inspection, Terminal terminal)
{
    private readonly TextWriter _writer = terminal.Writer;

    internal void Write()
    {
        WriteLabels();
        WriteFields();
        WriteMatches();
        WriteDifferences();
        if (inspection.Plan is { } known && PartialVersion.Of(known.Model) is { } partial)
        {
            _writer.WriteLine(partial);
        }

        var models = inspection.Plan is { } plan ? $", held against {plan.Model.Name}" : string.Empty;
        _writer.WriteLine(ShownText.Line(
            $"{inspection.Name}: {ReportText.Count(inspection.Records, "record")} of {ReportText.Count(inspection.Labels.Count, "model")} in "
            + $"{ReportText.Count(inspection.Runs, "run")}, {ReportText.Count(inspection.Bytes ?? 0, "byte")}{models}."));
    }

    /// <summary>With a model, labels are in import order; without, in that of the backup.</summary>
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
            _writer.WriteLine(ShownText.Line($"  {label.Label}: {string.Join(", ", fields)}"));
        }

        _writer.WriteLine();
    }

    /// <summary>The entity of each label, and how their fields fit.</summary>
    private void WriteMatches()
    {
        if (inspection.Plan is null)
        {
            return;
        }

        var table = new TextTable(
        [
            new("Label", IsNumber: false), new("Entity", IsNumber: false), new("Table", IsNumber: false),
            new("Matched"), new("Renamed"), new("Dropped"), new("Unknown"), new("Absent"),
        ]);
        foreach (var label in Ordered())
        {
            var entity = label.Planned?.Entity;
            table.Add(
            [
                label.Label.Value,
                entity?.Label.Value ?? (label.IsDropped ? "(dropped)" : "(none)"),
                entity?.Table ?? string.Empty,
                Counted(FieldMatchKind.Known),
                Counted(FieldMatchKind.Renamed),
                Counted(FieldMatchKind.Dropped),
                Counted(FieldMatchKind.Unknown),
                entity is null ? string.Empty : ReportText.Number(label.AbsentFields.Count),
            ]);

            string Counted(FieldMatchKind kind) =>
                entity is null ? string.Empty : ReportText.Number(label.Matches.Count(match => match.Kind == kind));
        }

        table.Write(_writer, terminal.Output);
    }

    private void WriteDifferences()
    {
        const string Rest = "--json lists all.";
        if (inspection.Plan is not { } plan)
        {
            return;
        }

        _writer.WriteList(
            $"Models that {plan.Model.Name} does not know:",
            [.. inspection.Labels.Where(label => label.Planned is null && !label.IsDropped)
                .Select(label => WithNearMisses(label.Label.Value, [.. label.NearMisses.Select(near => near.Value)]))],
            Rest);
        _writer.WriteList(
            $"Fields that {plan.Model.Name} does not know:",
            [.. inspection.Labels.Where(label => label.UnknownFields.Any())
                .Select(label => $"{label.Label}: {string.Join(", ", label.UnknownFields.Select(field => WithNearMisses(field.Member, field.NearMisses)))}")],
            Rest);
        _writer.WriteList(
            "Fields that no record has, and what becomes of them:",
            [.. Ordered().Where(label => label.AbsentFields.Count > 0)
                .Select(label => $"{label.Label}: {string.Join(", ", label.AbsentFields.Select(field => $"{field.Name} ({AbsentField.Becomes(field)})"))}")],
            Rest);
        _writer.WriteList(
            $"Left out of {plan.Model.Name}, and of backups:",
            [.. plan.Model.LeftOut.Select(part => $"{part.Key} {part.Value}")],
            Rest);
        _writer.WriteList("Models that the backup does not hold:", [.. inspection.AbsentModels.Select(label => label.Value)], Rest);
    }

    private static string WithNearMisses(string name, IReadOnlyList<string> nearMisses) =>
        nearMisses.Count == 0 ? name : $"{name} (near: {string.Join(", ", nearMisses)})";
}
