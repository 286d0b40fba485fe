using System.Text.Json;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>What names the type of a record in its fields, where its label does not.</summary>
internal sealed class TypeSource(ModelGenerator model) : ValueSource
{
    internal override bool IsAbsent(long number) => !model.IsTypeInField(number);

    internal override void Write(Utf8JsonWriter writer, Faker faker, long number) => writer.WriteRawValue(model.Type!.Discriminator);
}
