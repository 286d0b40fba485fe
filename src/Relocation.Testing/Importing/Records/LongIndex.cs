using System.Numerics;
using System.Runtime.CompilerServices;

namespace Relocation.Testing.Importing.Records;

/// <summary>Finds the rank of an integer key: by subtraction when the keys are one unbroken run, else by hashing.</summary>
/// <remarks>Every reference of every record is looked up here, so there is no dictionary with its entries of 24 bytes.</remarks>
internal sealed class LongIndex
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly int[] _slots;
    private readonly long[] _keys;
    private readonly int _shift;
    private readonly long _first;

    internal LongIndex(ReadOnlySpan<long> keys)
    {
        _keys = keys.ToArray();
        if (IsOneRun(keys))
        {
            _first = keys.IsEmpty ? 0 : keys[0];
            _slots = [];
            return;
        }

        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, (long)keys.Length * 2));
        _shift = 64 - BitOperations.Log2(size);
        _slots = new int[size];
        for (var rank = 0; rank < keys.Length; rank++)
        {
            var slot = SlotOf(keys[rank]);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = rank + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool TryFind(long key, out int rank)
    {
        if (_slots.Length == 0)
        {
            // Unsigned, so that a key below the first one is out of range too.
            var distance = unchecked((ulong)(key - _first));
            rank = distance < (ulong)_keys.Length ? (int)distance : -1;
            return rank >= 0;
        }

        var slot = SlotOf(key);
        while (_slots[slot] is var found && found != 0)
        {
            if (_keys[found - 1] == key)
            {
                rank = found - 1;
                return true;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }

        rank = -1;
        return false;
    }

    private static bool IsOneRun(ReadOnlySpan<long> keys)
    {
        for (var rank = 1; rank < keys.Length; rank++)
        {
            if (keys[rank] - 1 != keys[rank - 1])
            {
                return false;
            }
        }

        return true;
    }

    private int SlotOf(long key) => (int)(unchecked((ulong)key * Multiplier) >> _shift);
}
