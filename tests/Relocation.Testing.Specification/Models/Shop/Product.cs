namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>Converter, JSON column, list, bytes, length of time, and an optional reference to a text key.</summary>
public sealed class Product
{
    public int Id { get; set; }

    public required string Sku { get; set; }

    public required string Name { get; set; }

    public int CategoryId { get; set; }

    public Category? Category { get; set; }

    public string? OriginCode { get; set; }

    public Country? Origin { get; set; }

    public Money Price { get; set; }

    public double? Weight { get; set; }

    public bool IsActive { get; set; }

    public Condition Condition { get; set; }

    public TimeSpan? Warranty { get; set; }

    public byte[]? Photo { get; set; }

    public List<string> Keywords { get; set; } = [];

    public Specification? Specification { get; set; }

    public ICollection<Tag> Tags { get; } = [];
}
