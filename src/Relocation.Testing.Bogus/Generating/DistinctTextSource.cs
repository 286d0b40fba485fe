using System.Text.Json;
using Bogus;

namespace Relocation.Testing.Generating;

/// <summary>A readable text that holds the record's number, because the field must be unique.</summary>
internal sealed class DistinctTextSource(
    RelocationField field, Func<Faker, string> text, ulong seed, long first, double nullShare) : ValueSource
{
    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        var hash = StableHash.At(seed, number);
        if (field.IsNullable && StableHash.Unit(hash) < nullShare)
        {
            writer.WriteNullValue();
            return;
        }

        faker.Random = new Randomizer((int)StableHash.Next(hash));
        writer.WriteStringValue(UniqueText.WithNumber(text(faker), first + number, field.MaxLength));
    }
}
