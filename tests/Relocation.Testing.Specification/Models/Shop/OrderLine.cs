namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>A composite key of a reference and a number.</summary>
public sealed class OrderLine
{
    public long OrderId { get; set; }

    public Order? Order { get; set; }

    public short LineNumber { get; set; }

    public int ProductId { get; set; }

    public Product? Product { get; set; }

    public int Quantity { get; set; }

    public Money UnitPrice { get; set; }
}
