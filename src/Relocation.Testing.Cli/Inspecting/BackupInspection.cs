using Relocation.Testing.Backups;

namespace Relocation.Testing.Cli.Inspecting;

/// <summary>The content of a backup, as far as it can be known without a database.</summary>
internal sealed class BackupInspection
{
    private BackupInspection(string name, long? bytes, ImportPlan? plan, IReadOnlyList<InspectedLabel> labels, int runs)
    {
        Name = name;
        Bytes = bytes;
        Plan = plan;
        Labels = labels;
        Runs = runs;
    }

    internal string Name { get; }

    /// <summary>The length of the decoded text.</summary>
    internal long? Bytes { get; }

    /// <summary>The import order, or null without a model.</summary>
    internal ImportPlan? Plan { get; }

    /// <summary>The labels, in the order in which they appear first.</summary>
    internal IReadOnlyList<InspectedLabel> Labels { get; }

    internal int Runs { get; }

    /// <summary>Models of which the backup has no records, in the order of the plan; empty without a model.</summary>
    internal IEnumerable<ModelLabel> AbsentModels => Plan is null
        ? []
        : Plan.Models.Select(planned => planned.Entity.Label).Except(Labels.Select(label => label.Planned?.Entity.Label).OfType<ModelLabel>());

    internal long Records => Labels.Sum(label => label.Records);

    /// <summary>Reads a backup once.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="model">The model to compare it with, or null for none.</param>
    /// <param name="includeValues">Whether text keys are shown.</param>
    /// <param name="progress">Receives how much was read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="BackupFormatException">The content is not a valid backup, or cannot be read.</exception>
    internal static async Task<BackupInspection> RunAsync(
        Backup backup, RelocationModel? model, bool includeValues, IProgress<ImportProgress> progress, CancellationToken cancellationToken)
    {
        var plan = model is null ? null : ImportPlan.For(model);
        var counters = new Dictionary<ModelLabel, FieldCounter>();
        var content = await BackupContent.OpenAsync(backup, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var bytes = new InspectedBytes(progress, content.Length);

            // Labels and keys are taken as they are, since an inspection shows what does not fit the model.
            var labels = new LabelTable(null, label => counters[label] =
                new FieldCounter(plan?.Model.Find(label) is { } entity ? FieldShape.Of(entity) : null));
            var index = await BackupIndexer.IndexAsync(
                content, labels, BackupLimits.Default, includeValues, TextWindow.DefaultBlockSize, bytes, cancellationToken)
                .ConfigureAwait(false);
            var runs = index.Runs.ToLookup(run => run.Label);
            var inspected = index.Models.Select(records => Inspect(records, [.. runs[records.Label]], counters[records.Label], plan, includeValues));
            return new BackupInspection(backup.Name, bytes.Last, plan, [.. inspected], index.Runs.Count);
        }
    }

    private static InspectedLabel Inspect(
        ModelRecords records, IReadOnlyList<RecordRun> runs, FieldCounter counter, ImportPlan? plan, bool includeValues)
    {
        var entity = plan?.Model.Find(records.Label);
        var isDropped = plan?.Model.DroppedLabels.Contains(records.Label) == true;
        List<FieldMatch> matches = entity is null ? [] :
        [
            .. counter.Counts.Keys.Select(field => FieldMatch.Of(field, entity)),
            .. counter.Shape!.Unknown().OrderBy(unknown => unknown.Path, StringComparer.Ordinal).Select(unknown => FieldMatch.Within(unknown.Path, unknown.Names, entity)),
        ];
        var (kinds, lowest, highest) = KeysOf(records.Keys);
        return new InspectedLabel
        {
            Label = records.Label,
            Records = records.Count,
            Runs = runs.Count,
            Bytes = runs.Sum(run => run.Length),
            KeyKinds = kinds,
            Lowest = MayShow(lowest, includeValues) ? lowest : null,
            Highest = MayShow(highest, includeValues) ? highest : null,
            Fields = counter.Counts,
            Planned = entity is null ? null : plan!.Find(entity.Label),
            NearMisses = plan is null || entity is not null || isDropped ? [] : plan.Model.NearestLabels(records.Label),
            Matches = matches,
            AbsentFields = entity is null ? [] : [.. AbsentField.Of(entity, records.Label, counter.Shape!)],
            IsDropped = isDropped,
        };
    }

    private static (IReadOnlyList<RecordKeyKind> Kinds, RecordKey Lowest, RecordKey Highest) KeysOf(KeyColumn keys)
    {
        var kinds = new SortedSet<RecordKeyKind>();
        var (lowest, highest) = (keys[0], keys[0]);
        for (var rank = 0; rank < keys.Count; rank++)
        {
            var key = keys[rank];
            kinds.Add(key.Kind);
            lowest = key < lowest ? key : lowest;
            highest = key > highest ? key : highest;
        }

        return ([.. kinds], lowest, highest);
    }

    private static bool MayShow(RecordKey key, bool includeValues) =>
        includeValues || key.Parts.All(part => part.Kind is RecordKeyKind.Integer or RecordKeyKind.Guid);
}
