namespace Relocation.Testing.Importing.Encoders;

/// <summary>Guids in a text column: 36 characters, lower case.</summary>
internal sealed class GuidAsTextEncoder : ColumnEncoder
{
    private const int Length = 36;

    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        buffer.WriteInt32(Length);
        new Guid(bytes, bigEndian: true).TryFormat(buffer.Reserve(Length), out var written);
        buffer.Advance(written);
    }
}
