namespace Relocation.Testing.Importing.Encoders;

/// <summary>interval: whole days, and microseconds for the rest, as drivers write it. Smaller fractions are cut off.</summary>
internal sealed class IntervalEncoder : ColumnEncoder
{
    private const int Length = sizeof(long) + sizeof(int) + sizeof(int);

    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        buffer.WriteInt32(Length);
        buffer.WriteInt64(bits % TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond);
        buffer.WriteInt32((int)(bits / TimeSpan.TicksPerDay));
        buffer.WriteInt32(0);
    }
}
