using System.Text.Json;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>hstore: names with texts or nulls, from a JSON object whose members are neither lists nor objects.</summary>
internal sealed class HstoreEncoder : ColumnEncoder
{
    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw PostgreSqlErrors.NotA("object", "hstore");
        }

        var start = buffer.Length;
        buffer.WriteInt32(0);
        buffer.WriteInt32(0);
        var pairs = 0;
        for (; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; pairs++)
        {
            WriteText(buffer, ref reader);
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.Null:
                    buffer.WriteNull();
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    throw PostgreSqlErrors.NotA("object of texts", "hstore");
                default:
                    WriteText(buffer, ref reader);
                    break;
            }
        }

        buffer.PatchInt32(start, buffer.Length - start - sizeof(int));
        buffer.PatchInt32(start + sizeof(int), pairs);
    }

    /// <summary>A text behind its length; numbers and booleans as they are written.</summary>
    private static void WriteText(CopyBuffer buffer, ref Utf8JsonReader reader)
    {
        var room = buffer.Reserve(sizeof(int) + reader.ValueSpan.Length)[sizeof(int)..];
        var length = reader.ValueSpan.Length;
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
        {
            length = reader.CopyString(room);
        }
        else
        {
            reader.ValueSpan.CopyTo(room);
        }

        buffer.WriteInt32(length);
        buffer.Advance(length);
    }
}
