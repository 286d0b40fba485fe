using System.Text.Json;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>A value invented by the field's type.</summary>
internal sealed class InventedSource(InventedValue make, ulong seed, NullRule nulls) : ValueSource
{
    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        var at = nulls.At(seed, number);
        if (nulls.IsNull(at))
        {
            writer.WriteNullValue();
        }
        else
        {
            make(writer, faker, StableHash.Next(at.Hash));
        }
    }
}
