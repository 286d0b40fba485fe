namespace Relocation.Testing.Importing.Encoders;

/// <summary>jsonb: JSON text behind a version byte.</summary>
internal sealed class JsonbEncoder : ColumnEncoder
{
    private const byte Version = 1;

    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        buffer.WriteInt32(bytes.Length + 1);
        buffer.WriteByte(Version);
        buffer.Write(bytes);
    }
}
