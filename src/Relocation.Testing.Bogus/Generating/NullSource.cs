using System.Text.Json;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>A field that is always null.</summary>
internal sealed class NullSource : ValueSource
{
    internal override void Write(Utf8JsonWriter writer, Faker faker, long number) => writer.WriteNullValue();
}
