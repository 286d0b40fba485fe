using System.Text.Json;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>Arrays of any known element type, from JSON; lists within lists become dimensions, which must be equally long.</summary>
internal sealed class ArrayEncoder(uint elementOid, ArrayElement element) : ColumnEncoder
{
    /// <summary>PostgreSQL's own limit.</summary>
    private const int MostDimensions = 6;

    private const int LowerBound = 1;

    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        Span<int> sizes = stackalloc int[MostDimensions];
        sizes.Fill(-1);
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw PostgreSqlErrors.NotA("list", "array");
        }

        var hasNull = false;
        var dimensions = Measure(ref reader, sizes, 0, ref hasNull);
        if (sizes[..dimensions].Contains(0))
        {
            dimensions = 0;
        }

        var start = buffer.Length;
        buffer.WriteInt32(0);
        buffer.WriteInt32(dimensions);
        buffer.WriteInt32(hasNull ? 1 : 0);
        buffer.WriteInt32(unchecked((int)elementOid));
        foreach (var size in sizes[..dimensions])
        {
            buffer.WriteInt32(size);
            buffer.WriteInt32(LowerBound);
        }

        if (dimensions > 0)
        {
            WriteElements(buffer, bytes);
        }

        buffer.PatchInt32(start, buffer.Length - start - sizeof(int));
    }

    /// <summary>Finds the length of each dimension; returns how many there are from this one on.</summary>
    private int Measure(ref Utf8JsonReader reader, scoped Span<int> sizes, int dimension, ref bool hasNull)
    {
        if (dimension == MostDimensions)
        {
            throw PostgreSqlErrors.ArrayShape();
        }

        var count = 0;
        var below = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var within = 0;
            if (reader.TokenType == JsonTokenType.StartArray && !element.IsJson)
            {
                within = Measure(ref reader, sizes, dimension + 1, ref hasNull);
            }
            else
            {
                hasNull |= reader.TokenType == JsonTokenType.Null;
                reader.Skip();
            }

            if (count > 0 && within != below)
            {
                throw PostgreSqlErrors.ArrayShape();
            }

            below = within;
            count++;
        }

        if (sizes[dimension] >= 0 && sizes[dimension] != count)
        {
            throw PostgreSqlErrors.ArrayShape();
        }

        sizes[dimension] = count;
        return below + 1;
    }

    private void WriteElements(CopyBuffer buffer, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray when !element.IsJson:
                case JsonTokenType.EndArray:
                    break;
                case JsonTokenType.Null:
                    buffer.WriteNull();
                    break;
                default:
                    element.Write(buffer, ref reader, json);
                    break;
            }
        }
    }
}
