namespace Relocation.Testing.Importing.Encoders;

/// <summary>For types whose binary form is the bytes that the cell has: text, bytea, uuid, json, labels of enums.</summary>
internal sealed class BytesEncoder : ColumnEncoder
{
    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        buffer.WriteInt32(bytes.Length);
        buffer.Write(bytes);
    }
}
