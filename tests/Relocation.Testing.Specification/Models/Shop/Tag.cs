namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>The far side of a many-to-many without an entity of its own.</summary>
public sealed class Tag
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public ICollection<Product> Products { get; } = [];
}
