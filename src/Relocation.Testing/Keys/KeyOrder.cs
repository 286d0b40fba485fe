using Relocation.Testing.Backups;

namespace Relocation.Testing.Keys;

/// <summary>The entries of a model by old key, and the way from an old key to its entry.</summary>
/// <remarks>A backup's keys mostly rise already: then this costs nothing, and four bytes an entry otherwise.</remarks>
internal sealed class KeyOrder
{
    private readonly KeyColumn _keys;
    private readonly int[]? _order;

    private KeyOrder(KeyColumn keys, int[]? order)
    {
        _keys = keys;
        _order = order;
    }

    internal int Count => _keys.Count;

    /// <summary>The index of the entry at a place in the order.</summary>
    internal int this[int place] => _order is null ? place : _order[place];

    internal static KeyOrder Of(KeyColumn keys) => new(keys, IsRising(keys) ? null : Sorted(keys));

    /// <summary>The index of the entry with that key, or -1.</summary>
    internal int Find(RecordKey key)
    {
        var low = 0;
        var high = Count - 1;
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            var comparison = _keys[this[middle]].CompareTo(key);
            if (comparison == 0)
            {
                return this[middle];
            }

            if (comparison < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    private static bool IsRising(KeyColumn keys)
    {
        for (var i = 1; i < keys.Count; i++)
        {
            if (keys[i] < keys[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static int[] Sorted(KeyColumn keys)
    {
        var order = new int[keys.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        if (keys.IsInteger)
        {
            Array.Sort(keys.Integers.ToArray(), order);
        }
        else
        {
            Array.Sort(order, (left, right) => keys[left].CompareTo(keys[right]));
        }

        return order;
    }
}
