using Relocation.Testing.Backups;
using Relocation.Testing.Comparing.Contracts;
using Relocation.Testing.Comparing.Pairing;
using Relocation.Testing.Comparing.Reports;
using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing.Comparing;

/// <summary>Goes through the right file, finds each record's left one, and compares both.</summary>
internal sealed class PairedReading(
    ComparedSide left, ComparedSide right, ComparedModels models, ComparisonOptions options, IRecordPairing pairs, Func<ComparedModel, ShownValues?> shownOf)
{
    /// <summary>Records that are read here and there need no large block each.</summary>
    private const int ScatteredBlockSize = 8 * 1024;

    private const int ProgressInterval = 1_000;

    private readonly Dictionary<ModelLabel, Tally> _tallies = models.Labels.ToDictionary(label => label, _ => new Tally());
    private readonly List<ScrubbedField> _leftScrubbed = [];
    private readonly List<ScrubbedField> _rightScrubbed = [];
    private byte[] _leftFields = [];
    private byte[] _rightFields = [];

    /// <summary>Rewrites a record's fields, of the left side or of the right one, as they are to be compared; null where they are so.</summary>
    internal Func<bool, ModelLabel, int, ReadOnlyMemory<byte>, byte[]?>? Rewrite { get; init; }

    /// <summary>Whether it is enough to know that there is a difference.</summary>
    internal bool StopsAtFinding { get; init; }

    internal FindingLog Log { get; } = new(options.MaxFindings);

    /// <summary>How many pairs were compared.</summary>
    internal long Compared { get; private set; }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var cursor = new RecordCursor(right.Content, options.Limits);
        await using var cursorLease = cursor.ConfigureAwait(false);
        var inOrder = new PlacedReader(left.Content, options.Limits, TextWindow.DefaultBlockSize);
        await using var inOrderLease = inOrder.ConfigureAwait(false);
        var scattered = new PlacedReader(left.Content, options.Limits, ScatteredBlockSize);
        await using var scatteredLease = scattered.ConfigureAwait(false);
        var follows = models.Labels.ToDictionary(label => label, pairs.FollowsFiles);
        foreach (var run in right.Index.Runs)
        {
            var rights = right.Index.Find(run.Label)!;
            var lefts = left.Index.Find(rights.Label);
            if (lefts is null && IsDropped(rights.Label))
            {
                continue;
            }

            var model = models[rights.Label];
            var (shown, tally) = (shownOf(model), _tallies[rights.Label]);
            var reader = follows[rights.Label] ? inOrder : scattered;
            await cursor.SeekAsync(run, cancellationToken).ConfigureAwait(false);
            while (await cursor.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var rank = cursor.Rank;
                switch (pairs.LeftRankOf(rights.Label, rank))
                {
                    case null:
                        break;
                    case < 0:
                        tally.Added++;
                        AddAlone(FindingKind.AddedRecord, rights, rank, shown);
                        break;
                    case { } leftRank:
                        await reader.MoveToAsync(lefts!, leftRank, cancellationToken).ConfigureAwait(false);
                        Compare(model, shown, tally, new Side(lefts!, leftRank, reader.Fields), new Side(rights, rank, cursor.Fields));
                        break;
                }

                if (StopsAtFinding && Log.Count > 0)
                {
                    return;
                }
            }
        }

        AddRemoved();
    }

    /// <summary>How a model's records compare.</summary>
    internal ModelComparison TallyOf(ModelLabel label)
    {
        var (tally, lefts, rights) = (_tallies[label], left.OrderOf(label)?.Count ?? 0, right.OrderOf(label)?.Count ?? 0);
        var isUnpaired = tally.Equal + tally.Changed + tally.Added + tally.Removed == 0;
        return new ModelComparison(
            label,
            left.Index.Find(label)?.Count ?? 0,
            right.Index.Find(label)?.Count ?? 0,
            tally.Equal,
            tally.Changed,
            isUnpaired ? Math.Max(0, rights - lefts) : tally.Added,
            isUnpaired ? Math.Max(0, lefts - rights) : tally.Removed);
    }

    internal static PlaceRequest PlaceOf(ModelRecords records, int rank, RecordKey? key) =>
        new(records.OffsetOf(rank), $"/{records.ArrayIndexOf(rank)}", records.Label, key, rank);

    private bool IsDropped(ModelLabel label) => options.Model?.DroppedLabels.Contains(label) == true;

    private void AddRemoved()
    {
        foreach (var lefts in left.Index.Models.Where(records => right.Index.Find(records.Label) is not null || !IsDropped(records.Label)))
        {
            foreach (var rank in pairs.LeftWithoutPair(lefts.Label))
            {
                _tallies[lefts.Label].Removed++;
                AddAlone(FindingKind.RemovedRecord, lefts, rank, shownOf(models[lefts.Label]));
            }
        }
    }

    private void AddAlone(FindingKind kind, ModelRecords records, int rank, ShownValues? shown)
    {
        var isLeft = kind == FindingKind.RemovedRecord;
        var key = shown is null ? records.Keys[rank] : shown.Of(records.Keys[rank]);
        var place = PlaceOf(records, rank, key);
        var finding = new Finding
        {
            Kind = kind,
            On = new InstanceId(records.Label, rank + 1),
            LeftPk = isLeft ? key : null,
            RightPk = isLeft ? null : key,
            Reason = isLeft ? "only the left backup holds the record" : "only the right backup holds the record",
        };
        Log.Add(finding, isLeft ? place : null, isLeft ? null : place);
    }

    private void Compare(ComparedModel model, ShownValues? shown, Tally tally, in Side leftSide, in Side rightSide)
    {
        var (leftFields, rightFields) = FieldsOf(model, leftSide, rightSide);
        var (depth, ordinal) = (options.Limits.MaxDepth, pairs.OrdinalOf(model.Label, rightSide.Rank));
        var (leftKey, rightKey) = (leftSide.Records.Keys[leftSide.Rank], rightSide.Records.Keys[rightSide.Rank]);
        var one = new ComparedRecord(model.Label, ordinal, leftKey, leftFields, depth, _leftScrubbed);
        var other = new ComparedRecord(model.Label, ordinal, rightKey, rightFields, depth, _rightScrubbed);
        try
        {
            var pair = new RecordPair(one, other, pairs.LeftOrdinals, pairs.RightOrdinals, shown)
            {
                TextsStandForThemselves = !left.TextsAreJson && !right.TextsAreJson,
            };
            if (shown is not null && model.HasNaturalKeys && !KeysAgree(model, leftKey, rightKey))
            {
                pair.Report(FindingKind.UnequalJson, "the keys differ");
            }

            RecordComparison.Run(pair, model.Comparators);
            foreach (var finding in pair.Findings)
            {
                Log.Add(finding, PlaceOf(leftSide.Records, leftSide.Rank, finding.LeftPk), PlaceOf(rightSide.Records, rightSide.Rank, finding.RightPk));
            }

            _ = pair.Findings.Count == 0 ? tally.Equal++ : tally.Changed++;
        }
        finally
        {
            one.Release();
            other.Release();
        }

        if (++Compared % ProgressInterval == 0)
        {
            options.Progress?.Report(Compared);
        }
    }

    private bool KeysAgree(ComparedModel model, RecordKey leftKey, RecordKey rightKey) =>
        model.OwnPartsOf(leftKey).SequenceEqual(model.OwnPartsOf(rightKey))
        && model.ReferencesOf(leftKey).Select(reference => Named(reference, pairs.LeftOrdinals))
            .SequenceEqual(model.ReferencesOf(rightKey).Select(reference => Named(reference, pairs.RightOrdinals)));

    /// <summary>What a reference leads to by its position; what leads out of the backup goes by its key.</summary>
    private static (int? Ordinal, string? Written) Named(FoundReference reference, OrdinalMap ordinals) =>
        reference.Key is { } key && ordinals.Find(reference.Target, key) is { } ordinal ? (ordinal, null) : (null, reference.Written);

    /// <summary>Both sides' fields under the names that the model has for them.</summary>
    private (ReadOnlyMemory<byte> Left, ReadOnlyMemory<byte> Right) FieldsOf(ComparedModel model, in Side leftSide, in Side rightSide)
    {
        var names = model.Names;
        var (one, other) = (names?.Renamed(leftSide.Fields), names?.Renamed(rightSide.Fields));
        var (leftFields, rightFields) = (one ?? Copy(leftSide.Fields, ref _leftFields), other ?? Copy(rightSide.Fields, ref _rightFields));
        leftFields = Rewrite?.Invoke(true, model.Label, leftSide.Rank, leftFields) ?? leftFields;
        rightFields = Rewrite?.Invoke(false, model.Label, rightSide.Rank, rightFields) ?? rightFields;
        return (
            names?.WithoutDropped(leftFields.Span, rightFields.Span) ?? leftFields,
            names?.WithoutDropped(rightFields.Span, leftFields.Span) ?? rightFields);
    }

    private static ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> fields, ref byte[] buffer)
    {
        if (buffer.Length < fields.Length)
        {
            buffer = new byte[Math.Max(fields.Length, 2 * buffer.Length)];
        }

        fields.CopyTo(buffer);
        return buffer.AsMemory(0, fields.Length);
    }

    private sealed class Tally
    {
        internal int Equal { get; set; }

        internal int Changed { get; set; }

        internal int Added { get; set; }

        internal int Removed { get; set; }
    }

    private readonly ref struct Side(ModelRecords records, int rank, ReadOnlySpan<byte> fields)
    {
        internal ModelRecords Records { get; } = records;

        internal int Rank { get; } = rank;

        internal ReadOnlySpan<byte> Fields { get; } = fields;
    }
}
