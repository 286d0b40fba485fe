using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Spectre.Console;

namespace Relocation.Testing.Cli.Output;

/// <summary>An import's result for people: counts by model, what was dropped, where backup and model differ, and one closing line.</summary>
internal sealed class ImportReport(ImportOutcome outcome, TextWriter writer, IAnsiConsole console)
{
    private const string WholeList = "--json lists all.";

    private readonly ImportResult _result = outcome.Result;

    internal void Write()
    {
        WriteCounts();
        writer.WriteList("Dropped:", [.. _result.Dropped.Select(Describe)], WholeList);
        writer.WriteList("Elements dropped from their records:", [.. _result.DroppedElements.Select(Describe)], WholeList);
        writer.WriteList(
            "Keys of records that are not imported, taken out:",
            [.. outcome.ClearedKeys.Select(cleared => $"{cleared.Model} {cleared.Key}: {cleared.Field}, of {cleared.Target}")],
            WholeList);
        writer.WriteList(
            "Models that are not known, left out:",
            [.. _result.Drift.UnknownModels.Select(model =>
                $"{model.Model}: {ReportText.Count(model.Records, "record")}, first at {PlaceOf(model.First)}")],
            WholeList);
        writer.WriteList("Fields that are not known, left out:", [.. _result.Drift.UnknownFields.Select(Describe)], WholeList);
        writer.WriteList("Absent fields that took their default:", [.. _result.Drift.DefaultedFields.Select(Describe)], WholeList);
        writer.WriteList("More digits of a second than the column keeps, cut off:", [.. _result.Shortened.Select(Describe)], WholeList);
        writer.WriteList(
            "Rows that triggers added:",
            [.. _result.TriggeredRows.Select(rows => $"{rows.Table}: {ReportText.Count(rows.Rows, "row")}")],
            WholeList);
        writer.WriteList(
            $"Left out of {_result.Plan.Model.Name}, and of backups:",
            [.. _result.Plan.Model.LeftOut.Where(part => !part.Value.StartsWith("is computed", StringComparison.Ordinal)).Select(part => $"{part.Key} {part.Value}")],
            "relocation inspect lists all.");
        writer.WriteList("As declared for older backups:", [.. _result.Drift.Declared.Select(Describe)], WholeList);
        if (PartialVersion.Of(_result.Plan.Model) is { } partial)
        {
            writer.WriteLine(partial);
            writer.WriteLine();
        }

        if (_result.JsonTexts is { } texts)
        {
            writer.WriteLine(JsonTextText.Of(texts));
            writer.WriteLine();
        }
    }

    /// <summary>The first entries of the pk map. Text keys are values, which are shown only on request.</summary>
    internal void WriteFirstKeys(SnapshotOptions options, bool includeValues)
    {
        var map = _result.Map.InForm(options);
        writer.WriteList(
            "Primary keys:",
            map.Entries.Take(ReportText.MostListed).Select(entry => $"{entry.Model} {Shown(entry.Old)} -> {Shown(entry.New)}").ToList(),
            map.Count,
            "--map FILE writes all of them, --map - shows them.");

        string Shown(RecordKey key) =>
            includeValues || key.Parts.All(part => part.Kind is RecordKeyKind.Integer or RecordKeyKind.Guid) ? key.ToString() : "(hidden)";
    }

    internal void WriteClosing()
    {
        var inserted = _result.Models.Sum(model => model.Inserted);
        var rest = new List<string>();
        AddRest(_result.Models.Sum(model => model.Existing), "there already");
        AddRest(_result.Models.Sum(model => model.Overwritten), "written over others");
        AddRest(_result.Models.Sum(model => model.OutOfScope), "out of scope");
        AddRest(_result.Models.Sum(model => model.Filtered), "filtered");
        AddRest(_result.Dropped.Count, "dropped");
        AddRest(_result.Drift.UnknownModels.Sum(model => model.Records), "of unknown models");
        AddRest(
            _result.Drift.Declared.Where(drift => drift.Kind == BackupRuleKind.ModelDropped).Sum(drift => drift.Records),
            "of models that no longer exist");
        var others = rest.Count == 0 ? string.Empty : $" ({string.Join(", ", rest)})";
        var scope = outcome.Scope == ImportScope.Everything ? string.Empty : $", scope {outcome.Scope.Name.ToLowerInvariant()}";
        writer.WriteLine(Terminal.Printable(
            $"Imported {ReportText.Number(inserted)} of {ReportText.Count(_result.RecordCount, "record")}{others} as {outcome.Model.Name}{scope}, "
            + $"into {outcome.Location.Description}."));
        if (_result.RecordCount == 0)
        {
            writer.WriteLine("The backup is a list without records.");
        }

        if (_result.CommittedChunks > 0)
        {
            writer.WriteLine($"{ReportText.Count(_result.CommittedChunks, "chunk")}, {ReportText.Number(_result.ResumedChunks)} of them committed before.");
        }

        void AddRest(long count, string what)
        {
            if (count > 0)
            {
                rest.Add($"{ReportText.Number(count)} {what}");
            }
        }
    }

    private static string PlaceOf(RecordPlace place) =>
        place.Pointer.Length == 0 ? $"line {place.Line}, column {place.Column}" : $"line {place.Line}, column {place.Column}, {place.Pointer}";

    private static string Describe(FieldDrift drift) =>
        $"{drift.Model}.{drift.Field}: {ReportText.Count(drift.Records, "record")}, first at {PlaceOf(drift.First)}";

    private static string Describe(DeclaredDrift drift) =>
        $"{drift}: {ReportText.Count(drift.Records, "record")}, first at {PlaceOf(drift.First)}";

    private static string Describe(DroppedRecord dropped) =>
        $"{dropped.Place.Model} {dropped.Place.Key?.ToString() ?? "(key hidden)"} at {PlaceOf(dropped.Place)}: "
        + string.Join("; ", dropped.Causes.Select(Describe).Concat(dropped.Rule is { } rule ? [rule] : []));

    private static string Describe(DropCause cause) =>
        $"{cause.Model}.{cause.Reference} leads to {cause.Target}{(cause.TargetKey is { } key ? $" {key}" : string.Empty)}, " + cause.Reason switch
        {
            DropReason.OutOfScope => "which is out of scope",
            DropReason.Dropped => "which was dropped",
            DropReason.Filtered => "which a filter leaves out",
            DropReason.UnknownModel => "whose model is not known",
            _ => "which the backup does not hold",
        };

    /// <summary>Only columns with content are shown. Members whose elements become rows follow their model.</summary>
    private void WriteCounts()
    {
        (string Title, Func<ModelCounts, long> Count, Func<MemberCounts, long> Elements)[] all =
        [
            ("Records", model => model.Records, member => member.Elements),
            ("Inserted", model => model.Inserted, member => member.Inserted),
            ("Existing", model => model.Existing, member => member.Existing + member.OfExisting),
            ("Overwritten", model => model.Overwritten, _ => 0),
            ("Out of scope", model => model.OutOfScope, _ => 0),
            ("Filtered", model => model.Filtered, _ => 0),
            ("Dropped", model => model.Dropped, member => member.Dropped),
            ("Set to null", model => model.ReferencesSetToNull, _ => 0),
        ];
        var members = _result.Members.ToLookup(member => member.Model);
        var shown = all.Where((column, index) => index < 2
            || _result.Models.Any(model => column.Count(model) > 0)
            || _result.Members.Any(member => column.Elements(member) > 0)).ToList();
        var table = new TextTable([new("Model", IsNumber: false), .. shown.Select(column => new TextTable.Column(column.Title))]);
        foreach (var model in _result.Models)
        {
            table.Add([model.Model.Value, .. shown.Select(column => ReportText.Number(column.Count(model)))]);
            foreach (var member in members[model.Model])
            {
                table.Add([member.ToString(), .. shown.Select(column => ReportText.Number(column.Elements(member)))]);
            }
        }

        table.Write(writer, console);
    }
}
