using System.Globalization;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Comparing;

/// <summary>One comparison: pairs the records of two indexed backups and reads both again, side by side.</summary>
internal sealed class Comparison(ComparedSide left, ComparedSide right, ComparisonOptions options, ComparatorMap map)
{
    /// <summary>Records that are read here and there need no large block each.</summary>
    private const int ScatteredBlockSize = 8 * 1024;

    private const int ProgressInterval = 1_000;

    private readonly FindingLog _log = new(options.MaxFindings);
    private readonly Dictionary<ModelLabel, FieldNames?> _names = [];
    private readonly List<ScrubbedField> _leftScrubbed = [];
    private readonly List<ScrubbedField> _rightScrubbed = [];
    private byte[] _leftFields = [];
    private byte[] _rightFields = [];
    private long _compared;

    internal async Task<ComparisonResult> RunAsync(CancellationToken cancellationToken)
    {
        AddSideProblems(left, isLeft: true);
        AddSideProblems(right, isLeft: false);
        AddUnequalCounts();
        if (_log.Count == 0)
        {
            await CompareRecordsAsync(cancellationToken).ConfigureAwait(false);
        }

        var findings = await _log.PlacedAsync(left.Content, right.Content, cancellationToken).ConfigureAwait(false);
        return new ComparisonResult(findings, _log.Count, _compared);
    }

    private void AddSideProblems(ComparedSide side, bool isLeft)
    {
        foreach (var problem in side.Problems)
        {
            var records = side.Index.Find(problem.Model)!;
            var key = records.Keys[problem.Rank];
            var place = PlaceOf(records, problem.Rank);
            var finding = new Finding
            {
                Kind = problem.Kind,
                On = new InstanceId(problem.Model, problem.Ordinal),
                LeftPk = isLeft ? key : null,
                RightPk = isLeft ? null : key,
                Reason = problem.Reason,
            };
            _log.Add(finding, isLeft ? place : null, isLeft ? null : place);
        }
    }

    private void AddUnequalCounts()
    {
        foreach (var label in left.Index.Models.Concat(right.Index.Models).Select(records => records.Label).Distinct())
        {
            var (lefts, rights) = (left.OrderOf(label)?.Count ?? 0, right.OrderOf(label)?.Count ?? 0);
            var isDropped = (lefts == 0 || rights == 0) && options.Model?.DroppedLabels.Contains(label) == true;
            if (lefts != rights && !isDropped)
            {
                var reason = string.Create(CultureInfo.InvariantCulture, $"counts of `{label}` are unequal: {lefts} on the left, {rights} on the right");
                _log.Add(new Finding { Kind = FindingKind.UnequalCounts, On = new InstanceId(label, null), Reason = reason }, null, null);
            }
        }
    }

    /// <summary>Goes through the right file, and finds each record's left one.</summary>
    private async Task CompareRecordsAsync(CancellationToken cancellationToken)
    {
        var cursor = new RecordCursor(right.Content, options.Limits);
        await using var cursorLease = cursor.ConfigureAwait(false);
        var inOrder = new PlacedReader(left.Content, options.Limits, TextWindow.DefaultBlockSize);
        await using var inOrderLease = inOrder.ConfigureAwait(false);
        var scattered = new PlacedReader(left.Content, options.Limits, ScatteredBlockSize);
        await using var scatteredLease = scattered.ConfigureAwait(false);
        foreach (var run in right.Index.Runs)
        {
            // Only a model that is declared as dropped can be missing here.
            if (left.OrderOf(run.Label) is not { } lefts)
            {
                continue;
            }

            var rights = right.OrderOf(run.Label)!;
            var reader = lefts.FollowsFile && rights.FollowsFile ? inOrder : scattered;
            var comparators = map.Of(run.Label);
            await cursor.SeekAsync(run, cancellationToken).ConfigureAwait(false);
            while (await cursor.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var ordinal = rights.OrdinalOf(cursor.Rank);
                if (ordinal == 0)
                {
                    continue;
                }

                var leftRank = lefts.RankOf(ordinal);
                await reader.MoveToAsync(lefts.Records, leftRank, cancellationToken).ConfigureAwait(false);
                Compare(
                    comparators,
                    new Side(lefts.Records, leftRank, reader.Fields),
                    new Side(rights.Records, cursor.Rank, cursor.Fields),
                    ordinal);
            }
        }
    }

    private void Compare(IReadOnlyList<RecordComparator> comparators, in Side leftSide, in Side rightSide, int ordinal)
    {
        var (leftFields, rightFields) = FieldsOf(leftSide, rightSide);
        var depth = options.Limits.MaxDepth;
        var one = new ComparedRecord(leftSide.Records.Label, ordinal, leftSide.Records.Keys[leftSide.Rank], leftFields, depth, _leftScrubbed);
        var other = new ComparedRecord(rightSide.Records.Label, ordinal, rightSide.Records.Keys[rightSide.Rank], rightFields, depth, _rightScrubbed);
        try
        {
            var pair = new RecordPair(one, other, left.Ordinals, right.Ordinals);
            RecordComparison.Run(pair, comparators);
            foreach (var finding in pair.Findings)
            {
                _log.Add(finding, PlaceOf(leftSide.Records, leftSide.Rank), PlaceOf(rightSide.Records, rightSide.Rank));
            }
        }
        finally
        {
            one.Release();
            other.Release();
        }

        if (++_compared % ProgressInterval == 0)
        {
            options.Progress?.Report(_compared);
        }
    }

    /// <summary>Both sides' fields under the names that the model has for them.</summary>
    private (ReadOnlyMemory<byte> Left, ReadOnlyMemory<byte> Right) FieldsOf(in Side leftSide, in Side rightSide)
    {
        var label = rightSide.Records.Label;
        if (!_names.TryGetValue(label, out var names))
        {
            _names.Add(label, names = FieldNames.Of(options.Model?.Find(label), options.Limits.MaxDepth));
        }

        var (one, other) = (names?.Renamed(leftSide.Fields), names?.Renamed(rightSide.Fields));
        var (leftFields, rightFields) = (one ?? Copy(leftSide.Fields, ref _leftFields), other ?? Copy(rightSide.Fields, ref _rightFields));
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

    private static PlaceRequest PlaceOf(ModelRecords records, int rank) =>
        new(records.OffsetOf(rank), $"/{records.ArrayIndexOf(rank)}", records.Label, records.Keys[rank], rank);

    private readonly ref struct Side(ModelRecords records, int rank, ReadOnlySpan<byte> fields)
    {
        internal ModelRecords Records { get; } = records;

        internal int Rank { get; } = rank;

        internal ReadOnlySpan<byte> Fields { get; } = fields;
    }
}
