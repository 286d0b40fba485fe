using System.Text.Json;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>A value that backups hold as PostgreSQL writes it.</summary>
internal sealed class ServerTextSource(Func<ulong, string> make, ulong seed, NullRule nulls) : ValueSource
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
            writer.WriteStringValue(make(StableHash.Next(at.Hash)));
        }
    }
}
