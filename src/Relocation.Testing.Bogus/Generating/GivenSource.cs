using System.Text.Json;
using System.Text.Json.Nodes;
using Bogus;

namespace Relocation.Testing.Generating;

/// <summary>A value that the caller's own function makes.</summary>
internal sealed class GivenSource(string path, Func<Faker, object?> make, ulong seed) : ValueSource
{
    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        faker.Random = new Randomizer((int)StableHash.At(seed, number));
        switch (make(faker))
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case Enum value:
                writer.WriteNumberValue(System.Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case JsonNode node:
                node.WriteTo(writer);
                break;
            case var value when value.GetType().IsPrimitive || value is decimal:
                JsonSerializer.Serialize(writer, value, value.GetType());
                break;
            case var other:
                throw Errors.WrongValue(path, other);
        }
    }
}
