using System.Text.Json;
using Bogus;
using Relocation.Testing.Conditions;

namespace Relocation.Testing.Generating;

/// <summary>A readable text that holds the record's number, because the field must be unique.</summary>
internal sealed class DistinctTextSource(
    Func<Faker, string> text, TextDomain domain, bool isAddress, ulong seed, long first, NullRule nulls) : ValueSource
{
    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        var hash = StableHash.At(seed, number);
        if (nulls.IsNull(nulls.DomainAt(number), hash))
        {
            writer.WriteNullValue();
            return;
        }

        if (isAddress)
        {
            writer.WriteStringValue(UniqueText.Address(first + number));
            return;
        }

        faker.Random = new Randomizer((int)StableHash.Next(hash));
        writer.WriteStringValue(domain.FitDistinct(text(faker), first + number));
    }
}
