namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>A model that refers to itself.</summary>
public sealed class Category
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string Slug { get; set; }

    public int? ParentId { get; set; }

    public Category? Parent { get; set; }
}
