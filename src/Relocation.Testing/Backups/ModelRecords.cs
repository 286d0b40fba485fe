namespace Relocation.Testing.Backups;

/// <summary>What an index knows of one model's records: their keys and places, by rank.</summary>
internal sealed class ModelRecords(ModelLabel label)
{
    private readonly LongColumn _offsets = new();
    private readonly List<RecordRun> _runs = [];

    /// <summary>The model's label; the model's own one where the backup uses an alias.</summary>
    internal ModelLabel Label { get; } = label;

    /// <summary>The keys in the backup. A record's rank is its position among the model's records.</summary>
    internal KeyColumn Keys { get; } = new();

    internal int Count => Keys.Count;

    /// <summary>Where a record's opening brace stands in the decoded text.</summary>
    internal long OffsetOf(int rank) => _offsets[rank];

    /// <summary>A record's index in the backup's array.</summary>
    internal int ArrayIndexOf(int rank)
    {
        var run = RunOf(rank);
        return run.FirstIndex + rank - run.FirstRank;
    }

    /// <summary>The run that a record is in.</summary>
    internal RecordRun RunOf(int rank)
    {
        var low = 0;
        var high = _runs.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _runs[middle].FirstRank <= rank ? (middle, high) : (low, middle - 1);
        }

        return _runs[low];
    }

    /// <summary>Where a record stands, for messages and results.</summary>
    /// <param name="rank">The record.</param>
    /// <param name="key">Its key, where that may be shown.</param>
    internal PlaceRequest PlaceOf(int rank, RecordKey? key) => new(OffsetOf(rank), $"/{ArrayIndexOf(rank)}", Label, key);

    internal void Add(long key, long offset)
    {
        Keys.Add(key);
        _offsets.Add(offset);
    }

    internal void Add(RecordKey key, long offset)
    {
        Keys.Add(key);
        _offsets.Add(offset);
    }

    internal void Add(RecordRun run) => _runs.Add(run);
}
