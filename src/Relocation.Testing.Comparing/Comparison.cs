using System.Globalization;
using Relocation.Testing.Comparing.Pairing;
using Relocation.Testing.Comparing.Reports;
using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing.Comparing;

/// <summary>One comparison: pairs the records of two indexed backups and reads both again, side by side.</summary>
internal sealed class Comparison(ComparedSide left, ComparedSide right, ComparisonOptions options, ComparatorMap map)
{
    private readonly ComparedModels _models = new(left.Index, right.Index, options, map);
    private readonly ShownValues _shown = new(options.IncludeValues);

    internal async Task<ComparisonResult> RunAsync(CancellationToken cancellationToken)
    {
        if (map.PairsByPosition)
        {
            return await CompareByPositionAsync(cancellationToken).ConfigureAwait(false);
        }

        // Most comparisons are of equal backups in the same order. No other pairs can be better than pairs without a difference.
        if (!HasTwins(left) && !HasTwins(right) && _models.Labels.All(HasSameCounts))
        {
            var inOrder = new PairedReading(left, right, _models, options, new PositionPairs(left, right), _ => _shown) { StopsAtFinding = true };
            await inOrder.RunAsync(cancellationToken).ConfigureAwait(false);
            if (inOrder.Log.Count == 0)
            {
                return await ResultAsync(inOrder, cancellationToken).ConfigureAwait(false);
            }
        }

        var (leftReader, rightReader) = (new GraphReader(left, _models, options), new GraphReader(right, _models, options));
        var leftGraph = await leftReader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var rightGraph = await rightReader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var pairs = await new PairFinder(leftGraph, rightGraph, _models, leftReader, rightReader).FindAsync(cancellationToken).ConfigureAwait(false);
        var reading = new PairedReading(left, right, _models, options, pairs, _ => _shown)
        {
            Rewrite = (isLeft, model, rank, fields) => (isLeft ? leftReader : rightReader).Rewritten(model, rank, fields.Span),
        };
        await reading.RunAsync(cancellationToken).ConfigureAwait(false);
        return await ResultAsync(reading, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Compares as Sentry does: what keeps records from being paired by their position is the result.</summary>
    private async Task<ComparisonResult> CompareByPositionAsync(CancellationToken cancellationToken)
    {
        var reading = new PairedReading(left, right, _models, options, new PositionPairs(left, right), model => model.Entity is null ? _shown : null);
        AddSideProblems(reading.Log, left, isLeft: true);
        AddSideProblems(reading.Log, right, isLeft: false);
        AddUnequalCounts(reading.Log);
        if (reading.Log.Count == 0)
        {
            await reading.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        return await ResultAsync(reading, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ComparisonResult> ResultAsync(PairedReading reading, CancellationToken cancellationToken)
    {
        var findings = await reading.Log.PlacedAsync(left.Content, right.Content, cancellationToken).ConfigureAwait(false);
        var compared = _models.Labels.Where(label => !IsDropped(label) && !_models.IsFolded(label)).ToList();
        return new ComparisonResult(
            findings,
            reading.Log.Count,
            reading.Compared,
            [.. compared.Select(reading.TallyOf)],
            [.. compared.Where(label => _models[label].Entity is null)]);
    }

    /// <summary>Whether records have the same values where they order a model, so that not all have a position.</summary>
    private static bool HasTwins(ComparedSide side) => side.Problems.Exists(problem => problem.Kind == FindingKind.DuplicateCustomOrdinal);

    private static void AddSideProblems(FindingLog log, ComparedSide side, bool isLeft)
    {
        foreach (var problem in side.Problems)
        {
            var records = side.Index.Find(problem.Model)!;
            var key = records.Keys[problem.Rank];
            var place = PairedReading.PlaceOf(records, problem.Rank, key);
            var finding = new Finding
            {
                Kind = problem.Kind,
                On = new InstanceId(problem.Model, problem.Ordinal),
                LeftPk = isLeft ? key : null,
                RightPk = isLeft ? null : key,
                Reason = problem.Reason,
            };
            log.Add(finding, isLeft ? place : null, isLeft ? null : place);
        }
    }

    private void AddUnequalCounts(FindingLog log)
    {
        foreach (var label in _models.Labels.Where(label => !HasSameCounts(label)))
        {
            var (lefts, rights) = CountsOf(label);
            var reason = string.Create(CultureInfo.InvariantCulture, $"counts of `{label}` are unequal: {lefts} on the left, {rights} on the right");
            log.Add(new Finding { Kind = FindingKind.UnequalCounts, On = new InstanceId(label, null), Reason = reason }, null, null);
        }
    }

    private (int Left, int Right) CountsOf(ModelLabel label) => (left.OrderOf(label)?.Count ?? 0, right.OrderOf(label)?.Count ?? 0);

    private bool HasSameCounts(ModelLabel label) => CountsOf(label) is var (lefts, rights) && (lefts == rights || IsDropped(label));

    /// <summary>Only a model that is declared as dropped may be missing.</summary>
    private bool IsDropped(ModelLabel label) => CountsOf(label) is var (lefts, rights) && (lefts == 0 || rights == 0)
        && options.Model?.DroppedLabels.Contains(label) == true;
}
