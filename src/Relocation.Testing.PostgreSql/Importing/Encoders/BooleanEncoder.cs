namespace Relocation.Testing.Importing.Encoders;

/// <summary>boolean.</summary>
internal sealed class BooleanEncoder : ColumnEncoder
{
    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        buffer.WriteInt32(1);
        buffer.WriteByte(bits == 0 ? (byte)0 : (byte)1);
    }
}
