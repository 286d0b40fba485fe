using System.Text.Json;
using Bogus;

namespace Relocation.Testing.Generating;

/// <summary>A value invented by the field's type and name.</summary>
internal sealed class InventedSource(bool isNullable, InventedValue make, ulong seed, double nullShare) : ValueSource
{
    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        var hash = StableHash.At(seed, number);
        if (isNullable && StableHash.Unit(hash) < nullShare)
        {
            writer.WriteNullValue();
        }
        else
        {
            make(writer, faker, StableHash.Next(hash));
        }
    }
}
