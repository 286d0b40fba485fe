namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Is in a many-to-many relation that has an entity of its own.</summary>
public sealed class Club
{
    public Guid Id { get; set; }

    public required string Name { get; set; }

    public ICollection<Currency> Currencies { get; } = [];
}
