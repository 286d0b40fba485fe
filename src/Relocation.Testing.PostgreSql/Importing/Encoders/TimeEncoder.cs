namespace Relocation.Testing.Importing.Encoders;

/// <summary>time without time zone: microseconds since midnight. Smaller fractions are cut off.</summary>
internal sealed class TimeEncoder : ColumnEncoder
{
    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        buffer.WriteInt32(sizeof(long));
        buffer.WriteInt64(bits / TimeSpan.TicksPerMicrosecond);
    }
}
