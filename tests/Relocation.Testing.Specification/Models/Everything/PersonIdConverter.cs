using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relocation.Testing.Specification.Models.Everything;

internal sealed class PersonIdConverter() : ValueConverter<PersonId, int>(id => id.Value, value => new PersonId(value));
