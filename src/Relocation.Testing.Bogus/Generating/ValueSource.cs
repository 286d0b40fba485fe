using System.Text.Json;
using Bogus;

namespace Relocation.Testing.Generating;

/// <summary>Makes one field's value for any record, from the record's number alone.</summary>
internal abstract class ValueSource
{
    internal abstract void Write(Utf8JsonWriter writer, Faker faker, long number);

    /// <summary>Whether the record does not have the field.</summary>
    internal virtual bool IsAbsent(long number) => false;
}
