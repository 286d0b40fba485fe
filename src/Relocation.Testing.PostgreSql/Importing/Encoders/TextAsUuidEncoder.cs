using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>Text in a uuid column.</summary>
internal sealed class TextAsUuidEncoder : ColumnEncoder
{
    private const int Length = 16;

    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        if (!Guid.TryParse(bytes, out var guid))
        {
            throw PostgreSqlErrors.NotA("Guid", "uuid");
        }

        buffer.WriteInt32(Length);
        guid.TryWriteBytes(buffer.Reserve(Length), bigEndian: true, out var written);
        buffer.Advance(written);
    }
}
