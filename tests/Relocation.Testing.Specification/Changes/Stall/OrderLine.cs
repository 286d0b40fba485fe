namespace Relocation.Testing.Specification.Changes.Stall;

/// <summary>Owned by an order, in a table of its own.</summary>
public sealed class OrderLine
{
    public required string Product { get; set; }

    public int Quantity { get; set; }
}
