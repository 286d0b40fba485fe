using System.Text;
using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Reading;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Reporting;

/// <summary>Collects where declared rules were applied.</summary>
internal static class DeclaredDriftLog
{
    /// <summary>The place of what has not got its own yet.</summary>
    internal static readonly RecordPlace Nowhere = new() { Backup = string.Empty, Line = 0, Column = 0, Pointer = string.Empty };

    /// <summary>Whether a label of the backup is neither the model's nor declared as dropped.</summary>
    internal static bool IsUnknown(RelocationModel model, ModelLabel label) => model.Find(label) is null && !model.DroppedLabels.Contains(label);

    /// <summary>All applications, without their places, which are asked for.</summary>
    internal static IReadOnlyList<FoundDrift> Collect(RelocationModel model, BackupIndex index, IReadOnlyCollection<RowReader> readers)
    {
        var found = new List<FoundDrift>();
        var runs = index.Runs.Where(run => !IsAsDeclared(model, run)).ToList();
        if (runs.Count > 0)
        {
            found.AddRange(Models(model, runs));
        }

        foreach (var reader in readers.SelectMany(reader => reader.WithChildren).Where(reader => reader.HasDrifted || reader.Drift.HasApplied))
        {
            found.AddRange(Fields(reader));
        }

        return found.Count < 2 ? found
            : [.. found.OrderBy(found => found.Drift.Model).ThenBy(found => found.Drift.Kind)
                .ThenBy(found => found.Drift.Field, StringComparer.Ordinal).ThenBy(found => found.Drift.Former, StringComparer.Ordinal)];
    }

    private static IEnumerable<FoundDrift> Models(RelocationModel model, List<RecordRun> runs)
    {
        var written = runs.Select(run => (Run: run, Written: ModelLabel.Parse(JsonText.ToText(run.Spelling))));
        foreach (var group in written.GroupBy(run => (run.Run.Label, run.Written)))
        {
            var isRenamed = group.Key.Written != group.Key.Label && !IsType(model, group.Key.Label, group.Key.Written);
            if (isRenamed || model.DroppedLabels.Contains(group.Key.Label))
            {
                var first = group.First().Run;
                yield return new FoundDrift(
                    new DeclaredDrift(
                        isRenamed ? BackupRuleKind.ModelRenamed : BackupRuleKind.ModelDropped,
                        group.Key.Label,
                        null,
                        isRenamed ? group.Key.Written.Value : null,
                        group.Sum(run => (long)run.Run.Count),
                        Nowhere),
                    new PlaceRequest(first.Offset, $"/{first.FirstIndex}", first.Label, null));
            }
        }
    }

    private static bool IsAsDeclared(RelocationModel model, RecordRun run) =>
        Ascii.Equals(run.Spelling, run.Label.Value) && !model.DroppedLabels.Contains(run.Label);

    /// <summary>A type's own label is no former one.</summary>
    private static bool IsType(RelocationModel model, ModelLabel label, ModelLabel written) =>
        model.Find(label)?.Types.Any(type => type.Label == written) == true;

    private static IEnumerable<FoundDrift> Fields(RowReader reader)
    {
        foreach (var (rule, records, first) in reader.Drift.Applied)
        {
            var drift = rule.Column == FieldRule.Dropped
                ? new DeclaredDrift(BackupRuleKind.FieldDropped, reader.Entity.Label, rule.Name, null, records, Nowhere)
                : new DeclaredDrift(
                    BackupRuleKind.FieldRenamed, reader.Entity.Label, reader.Columns[rule.Column].Name, rule.Name, records, Nowhere);
            yield return new FoundDrift(drift, first);
        }

        foreach (var column in reader.DefaultedColumns.Where(column => column.Field.IsDefaultDeclared))
        {
            yield return new FoundDrift(
                new DeclaredDrift(BackupRuleKind.FieldAdded, reader.Entity.Label, column.Field.Name, null, column.Defaulted, Nowhere),
                column.FirstDefaulted);
        }
    }
}
