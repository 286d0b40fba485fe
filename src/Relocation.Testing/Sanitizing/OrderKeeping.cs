using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Relocation.Testing.Sanitizing;

/// <summary>Moves numbers without changing their order: each to anywhere between the middles to its neighbours (import specification, section 9.1).</summary>
/// <remarks>The ranges do not overlap, so that different numbers stay different, which the original of this algorithm does not promise.</remarks>
internal sealed class OrderKeeping(byte[] key)
{
    private HashSet<long>? _collected = [];
    private long[] _sorted = [];

    /// <summary>The greatest of the usual units that all numbers are whole multiples of: a millisecond, a microsecond or a tick.</summary>
    internal long Unit { get; private set; } = TimeSpan.TicksPerMillisecond;

    internal void Add(long value)
    {
        (_collected ??= [.. _sorted]).Add(value);
        Unit = value % Unit == 0 ? Unit : value % TimeSpan.TicksPerMicrosecond == 0 ? TimeSpan.TicksPerMicrosecond : 1;
    }

    /// <summary>Another number in the same place of the order; null for one that was not added.</summary>
    internal long? Map(long value)
    {
        if (_collected is not null)
        {
            _sorted = [.. _collected];
            Array.Sort(_sorted);
            _collected = null;
        }

        var index = Array.BinarySearch(_sorted, value);
        if (index < 0)
        {
            return null;
        }

        var low = index == 0 ? value / Unit : Middle(_sorted[index - 1], value) + 1;
        var high = index == _sorted.Length - 1 ? value / Unit : Middle(value, _sorted[index + 1]);
        return (low + (long)(Random(value) % (ulong)(high - low + 1))) * Unit;
    }

    private long Middle(long left, long right) => (left / Unit) + (((right / Unit) - (left / Unit)) / 2);

    private ulong Random(long value)
    {
        var input = new byte[key.Length + sizeof(long)];
        key.CopyTo(input, 0);
        BinaryPrimitives.WriteInt64LittleEndian(input.AsSpan(key.Length), value);
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(input));
    }
}
