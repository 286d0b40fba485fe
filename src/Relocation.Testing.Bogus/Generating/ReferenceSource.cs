using System.Text.Json;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>One part of the key, primary or alternate, of the record that a reference leads to.</summary>
internal sealed class ReferenceSource(ReferenceGenerator reference, int part) : ValueSource
{
    private readonly string? _field = reference.Reference.TargetFields.Count == 0 ? null : reference.Reference.TargetFields[part];

    /// <summary>A key that the record might refer to if there were targets.</summary>
    internal override object? Imagine(Faker faker, long number) => reference.Imagine(number);

    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        var target = reference.At(number);
        if (target < 0)
        {
            writer.WriteNullValue();
        }
        else if (_field is null)
        {
            reference.Target!.Model.WriteKeyPart(writer, faker, target, part);
        }
        else
        {
            reference.Target!.Model.WriteField(writer, faker, target, _field);
        }
    }
}
