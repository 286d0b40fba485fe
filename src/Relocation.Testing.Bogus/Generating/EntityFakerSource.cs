using System.Text.Json;
using Bogus;
using Relocation.Testing.Requests;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>A value that the caller's own <see cref="Faker{T}"/> makes.</summary>
internal sealed class EntityFakerSource(string path, RelocationField field, EntityFakerRun run, Func<object, object?> get) : ValueSource
{
    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        var value = get(run.At(number));
        if (!StoredJson.Write(writer, ApplicationValue.ToStored(field, value)))
        {
            throw Errors.WrongValue(path, value!);
        }
    }
}
