namespace Relocation.Testing.Backups;

/// <summary>A growing list of keys that costs eight bytes a key while they are all integers.</summary>
internal sealed class KeyColumn
{
    private readonly List<long> _integers = [];
    private List<RecordKey>? _keys;

    internal int Count => _keys?.Count ?? _integers.Count;

    /// <summary>Whether every key so far is an integer.</summary>
    internal bool IsInteger => _keys is null;

    /// <summary>The keys, while all are integers; invalid after the next <c>Add</c>.</summary>
    internal ReadOnlySpan<long> Integers =>
        _keys is null
            ? System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_integers)
            : throw new InvalidOperationException("The column holds keys that are no integers.");

    internal RecordKey this[int index] => _keys is null ? RecordKey.From(_integers[index]) : _keys[index];

    internal void Add(long key)
    {
        if (_keys is null)
        {
            _integers.Add(key);
        }
        else
        {
            _keys.Add(RecordKey.From(key));
        }
    }

    internal void Add(RecordKey key)
    {
        if (_keys is null && key.Kind == RecordKeyKind.Integer)
        {
            _integers.Add(key.AsInteger());
            return;
        }

        if (_keys is null)
        {
            _keys = [.. _integers.Select(RecordKey.From)];
            _integers.Clear();
        }

        _keys.Add(key);
    }

    internal void EnsureCapacity(int capacity)
    {
        if (_keys is null)
        {
            _integers.EnsureCapacity(capacity);
        }
        else
        {
            _keys.EnsureCapacity(capacity);
        }
    }
}
