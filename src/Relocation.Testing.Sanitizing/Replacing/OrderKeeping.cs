using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Relocation.Testing.Sanitizing.Replacing;

/// <summary>
/// Moves numbers without changing their order: each to anywhere between the middles to its neighbours (docs/sentry-import.md, section 9.1).
/// </summary>
/// <remarks>
/// The ranges do not overlap, so that different numbers stay different, which the original of this algorithm does not promise. Numbers move
/// by whole steps, so that what is written behind them stays.
/// </remarks>
/// <param name="key">What new numbers are made of.</param>
/// <param name="step">The step.</param>
internal sealed class OrderKeeping(byte[] key, long step)
{
    private HashSet<long>? _collected = [];
    private long[] _sorted = [];

    internal void Add(long value) => (_collected ??= [.. _sorted]).Add(value);

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

        // Below the middle on the one side, and no lower than it on the other: neighbours never meet.
        var down = index == 0 ? 0 : ((value - _sorted[index - 1]) / 2) / step;
        var up = index == _sorted.Length - 1 ? 0 : Math.Max(0, (((_sorted[index + 1] - value) / 2) - 1) / step);
        return value + (((long)(Random(value) % (ulong)(down + up + 1)) - down) * step);
    }

    private ulong Random(long value)
    {
        var input = new byte[key.Length + sizeof(long)];
        key.CopyTo(input, 0);
        BinaryPrimitives.WriteInt64LittleEndian(input.AsSpan(key.Length), value);
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(input));
    }
}
