namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>A JSON column; its members keep the names that EF Core writes.</summary>
public sealed class Specification
{
    public required string Material { get; set; }

    public int Parts { get; set; }

    public Dimensions? Size { get; set; }

    public List<string> Colors { get; set; } = [];
}
