using System.Text.Json;
using Bogus;
using Relocation.Testing.Conditions;

namespace Relocation.Testing.Generating;

/// <summary>A text that Bogus invents by the field's name.</summary>
internal sealed class TextSource(Func<Faker, string> invent, TextDomain usual, ulong seed, NullRule nulls, ConverterProbe? probe) : ValueSource
{
    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        var hash = StableHash.At(seed, number);
        var domain = nulls.DomainAt(number);
        if (nulls.IsNull(domain, hash))
        {
            writer.WriteNullValue();
            return;
        }

        var texts = domain?.Text ?? usual;
        var chosen = StableHash.Next(hash);
        writer.WriteStringValue(probe is null
            ? Make(texts, faker, chosen)
            : (string)probe.Choose(chosen, at => Make(texts, faker, at), static text => text));
    }

    private string Make(TextDomain texts, Faker faker, ulong hash)
    {
        if (texts.IsList)
        {
            return texts.Fit(string.Empty, hash);
        }

        faker.Random = new Randomizer((int)hash);
        return texts.FitFree(invent(faker), hash);
    }
}
