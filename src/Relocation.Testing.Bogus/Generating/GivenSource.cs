using System.Text.Json;
using Bogus;
using Relocation.Testing.Requests;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>A value that the caller's own function makes.</summary>
internal sealed class GivenSource(string path, RelocationField field, Func<Faker, object?> make, ulong seed) : ValueSource
{
    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        faker.Random = new Randomizer((int)StableHash.At(seed, number));
        var value = make(faker);
        if (!StoredJson.Write(writer, ApplicationValue.ToStored(field, value)))
        {
            throw Errors.WrongValue(path, value!);
        }
    }
}
