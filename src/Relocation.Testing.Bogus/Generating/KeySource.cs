using System.Text.Json;
using Bogus;

namespace Relocation.Testing.Generating;

/// <summary>Makes values that other records refer to, so they must be cheap to work out again.</summary>
internal abstract class KeySource : ValueSource
{
    /// <summary>The value, or null when the record refers to nothing.</summary>
    internal abstract KeyValue? At(long number);

    internal sealed override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        if (At(number) is { } value)
        {
            value.Write(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
