namespace Relocation.Testing.Exporting;

/// <summary>Keys of exported records. Integers that follow each other take no room of their own.</summary>
internal sealed class KeySet
{
    private readonly List<(long First, long Last)> _runs = [];
    private HashSet<RecordKey>? _others;

    /// <summary>How many keys there are.</summary>
    internal long Count { get; private set; }

    internal void Add(RecordKey key)
    {
        if (key.Kind == RecordKeyKind.Integer)
        {
            Add(key.AsInteger());
        }
        else if ((_others ??= []).Add(key))
        {
            Count++;
        }
    }

    internal bool Contains(RecordKey key) =>
        key.Kind == RecordKeyKind.Integer ? Contains(key.AsInteger()) : _others is not null && _others.Contains(key);

    internal void Add(long key)
    {
        if (_runs.Count == 0 || key > _runs[^1].Last)
        {
            Append(key);
            return;
        }

        var at = Find(key);
        if (at >= 0)
        {
            return;
        }

        // Keys come in their order but where a database's order differs or a cache gives them.
        _runs.Insert(~at, (key, key));
        Count++;
    }

    internal bool Contains(long key) => Find(key) >= 0;

    private void Append(long key)
    {
        Count++;
        if (_runs.Count > 0 && _runs[^1].Last + 1 == key)
        {
            _runs[^1] = (_runs[^1].First, key);
        }
        else
        {
            _runs.Add((key, key));
        }
    }

    /// <summary>The run that has the key, or the complement of the place where one would be.</summary>
    private int Find(long key)
    {
        var low = 0;
        var high = _runs.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (key < _runs[middle].First)
            {
                high = middle - 1;
            }
            else if (key > _runs[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return middle;
            }
        }

        return ~low;
    }
}
