using System.Buffers;
using System.Text;
using System.Text.Json;
using Bogus;

namespace Relocation.Testing.Sources;

/// <summary>Makes one field's value for any record, from the record's number alone.</summary>
internal abstract class ValueSource
{
    internal abstract void Write(Utf8JsonWriter writer, Faker faker, long number);

    /// <summary>Whether the record does not have the field.</summary>
    internal virtual bool IsAbsent(long number) => false;

    /// <summary>A value of the kind that <see cref="Read"/> gives, before all is known that it depends on.</summary>
    internal virtual object? Imagine(Faker faker, long number) => Read(faker, number);

    /// <summary>The value as SQL compares it.</summary>
    internal virtual object? Read(Faker faker, long number)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(writer, faker, number);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        _ = reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Number => reader.TryGetInt64(out var whole) ? whole : reader.GetDouble(),
            _ => Encoding.UTF8.GetString(buffer.WrittenSpan),
        };
    }
}
