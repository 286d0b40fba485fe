namespace Relocation.Testing.Importing.Encoders;

/// <summary>timestamp with and without time zone: microseconds since 2000-01-01, or infinity. Smaller fractions are cut off.</summary>
internal sealed class TimestampEncoder : ColumnEncoder
{
    private static readonly long Epoch = new DateTime(2000, 1, 1).Ticks / TimeSpan.TicksPerMicrosecond;

    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        buffer.WriteInt32(sizeof(long));
        buffer.WriteInt64(Infinity.IsFirst(bits) ? long.MinValue
            : Infinity.IsLast(bits, DateTime.MaxValue.Ticks) ? long.MaxValue
            : (bits / TimeSpan.TicksPerMicrosecond) - Epoch);
    }
}
