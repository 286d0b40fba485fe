using Relocation.Testing.Backups;

namespace Relocation.Testing.Comparing.Reports;

/// <summary>Counts all findings and keeps the first ones, with the records' places for when they are asked for.</summary>
internal sealed class FindingLog(int most)
{
    private readonly List<(Finding Finding, PlaceRequest? Left, PlaceRequest? Right)> _kept = [];

    internal long Count { get; private set; }

    internal void Add(Finding finding, PlaceRequest? left, PlaceRequest? right)
    {
        Count++;
        if (_kept.Count < most)
        {
            _kept.Add((finding, left, right));
        }
    }

    /// <summary>The findings that were kept, with the places of their records.</summary>
    internal async Task<Findings> PlacedAsync(BackupContent? left, BackupContent? right, CancellationToken cancellationToken)
    {
        var lefts = await FindAsync(left, [.. _kept.Select(kept => kept.Left)], cancellationToken).ConfigureAwait(false);
        var rights = await FindAsync(right, [.. _kept.Select(kept => kept.Right)], cancellationToken).ConfigureAwait(false);
        return new Findings(_kept.Select((kept, i) => kept.Finding with { LeftPlace = lefts[i], RightPlace = rights[i] }));
    }

    private static async Task<RecordPlace?[]> FindAsync(BackupContent? content, PlaceRequest?[] requests, CancellationToken cancellationToken)
    {
        var places = new RecordPlace?[requests.Length];
        var known = Enumerable.Range(0, requests.Length).Where(i => requests[i] is not null).ToList();
        if (content is null || known.Count == 0)
        {
            return places;
        }

        var found = await PlaceFinder.FindAsync(content, [.. known.Select(i => requests[i]!.Value)], cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < known.Count; i++)
        {
            places[known[i]] = found[i];
        }

        return places;
    }
}
