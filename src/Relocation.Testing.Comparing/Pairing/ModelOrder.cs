using Relocation.Testing.Backups;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>The positions of one model's records on one side.</summary>
internal sealed class ModelOrder
{
    private readonly bool _lastWins;
    private readonly int[]? _rankByOrdinal;
    private readonly int[]? _ordinalByRank;
    private readonly Lazy<Dictionary<RecordKey, int>?> _ranks;

    /// <param name="records">The records.</param>
    /// <param name="rankByOrdinal">Where each position's record stands in the file, or null when they are in order.</param>
    /// <param name="lastWins">Whether records without a position were meant to be replaced by later ones.</param>
    internal ModelOrder(ModelRecords records, int[]? rankByOrdinal, bool lastWins = false)
    {
        (Records, _lastWins) = (records, lastWins);
        _rankByOrdinal = rankByOrdinal;
        if (rankByOrdinal is not null)
        {
            _ordinalByRank = new int[records.Count];
            for (var i = 0; i < rankByOrdinal.Length; i++)
            {
                _ordinalByRank[rankByOrdinal[i]] = i + 1;
            }
        }

        _ranks = new Lazy<Dictionary<RecordKey, int>?>(() => IsAscending(records.Keys) ? null : RanksOf(records.Keys));
    }

    internal ModelRecords Records { get; }

    /// <summary>How many positions there are; a record that a later one took the place of has none.</summary>
    internal int Count => _rankByOrdinal?.Length ?? Records.Count;

    /// <summary>Whether a later record took the place of this one.</summary>
    internal bool IsReplaced(int rank) => _lastWins && OrdinalOf(rank) == 0;

    /// <summary>Whether positions follow the file.</summary>
    internal bool FollowsFile => _rankByOrdinal is null;

    /// <summary>Where the record of a position stands in the file.</summary>
    internal int RankOf(int ordinal) => _rankByOrdinal is null ? ordinal - 1 : _rankByOrdinal[ordinal - 1];

    /// <summary>The position of a record of the file, or 0 when it has none.</summary>
    internal int OrdinalOf(int rank) => _ordinalByRank is null ? rank + 1 : _ordinalByRank[rank];

    internal int? OrdinalOf(RecordKey key)
    {
        var rank = RankOf(key);
        return rank < 0 || OrdinalOf(rank) == 0 ? null : OrdinalOf(rank);
    }

    /// <summary>Where the record of a key stands among the model's, or a negative number when there is none.</summary>
    internal int RankOf(RecordKey key) =>
        _ranks.Value is { } ranks ? RankOf(ranks, key)
        : key.Kind == RecordKeyKind.Integer ? Records.Keys.Integers.BinarySearch(key.AsInteger())
        : -1;

    /// <summary>Finds a record by what a reference holds: in JSON a Guid is written as text.</summary>
    internal static int RankOf(Dictionary<RecordKey, int> ranks, RecordKey key) =>
        ranks.TryGetValue(key, out var rank)
        || (key.Kind == RecordKeyKind.Text && Guid.TryParse(key.AsText(), out var guid) && ranks.TryGetValue(RecordKey.From(guid), out rank))
            ? rank
            : -1;

    private static bool IsAscending(KeyColumn keys)
    {
        if (!keys.IsInteger)
        {
            return false;
        }

        var integers = keys.Integers;
        for (var i = 1; i < integers.Length; i++)
        {
            if (integers[i] <= integers[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static Dictionary<RecordKey, int> RanksOf(KeyColumn keys)
    {
        var ranks = new Dictionary<RecordKey, int>(keys.Count);
        for (var rank = 0; rank < keys.Count; rank++)
        {
            ranks.TryAdd(keys[rank], rank);
        }

        return ranks;
    }
}
