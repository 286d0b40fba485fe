using System.Text.Json;
using Bogus;
using Relocation.Testing.Conditions;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>A readable text that holds the record's number, because the field must be unique.</summary>
internal sealed class DistinctTextSource(
    Func<Faker, string> text, FieldDomain domain, bool isAddress, ulong seed, long first, NullRule nulls) : ValueSource
{
    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        var at = nulls.At(seed, number);
        if (nulls.IsNull(at))
        {
            writer.WriteNullValue();
            return;
        }

        if (isAddress)
        {
            writer.WriteStringValue(UniqueText.Address(first + number));
            return;
        }

        faker.Random = new Randomizer((int)StableHash.Next(at.Hash));
        writer.WriteStringValue(domain.FitDistinct(text(faker), first + number));
    }
}
