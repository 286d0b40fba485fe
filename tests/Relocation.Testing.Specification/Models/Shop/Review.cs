namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>A composite key made of two references.</summary>
public sealed class Review
{
    public int ProductId { get; set; }

    public Product? Product { get; set; }

    public int CustomerId { get; set; }

    public Customer? Customer { get; set; }

    public short Stars { get; set; }

    public string? Text { get; set; }
}
