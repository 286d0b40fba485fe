using System.Text.Json;
using Bogus;
using Relocation.Testing.Conditions;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>A text that Bogus invents by the field's name.</summary>
internal sealed class TextSource(Func<Faker, string> invent, FieldDomain domain, ulong seed, NullRule nulls, ConverterProbe? probe) : ValueSource
{
    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        var at = nulls.At(seed, number);
        if (nulls.IsNull(at))
        {
            writer.WriteNullValue();
            return;
        }

        var chosen = StableHash.Next(at.Hash);
        writer.WriteStringValue(probe is null
            ? Make(faker, chosen, at.Draw)
            : (string)probe.Choose(chosen, hash => Make(faker, hash, at.Draw), static text => text));
    }

    private string Make(Faker faker, ulong hash, int draw)
    {
        if (domain.IsList)
        {
            return domain.Fit(string.Empty, hash, draw);
        }

        faker.Random = new Randomizer((int)hash);
        return domain.Fit(invent(faker), hash, draw);
    }
}
