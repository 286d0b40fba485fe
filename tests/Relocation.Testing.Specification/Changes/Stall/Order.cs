namespace Relocation.Testing.Specification.Changes.Stall;

/// <summary>With lines that it owns, tags, and values that come from the clock and from chance.</summary>
public sealed class Order
{
    public int Id { get; set; }

    public int CustomerId { get; set; }

    public Customer? Customer { get; set; }

    public decimal Total { get; set; }

    public OrderStatus Status { get; set; }

    public DateTimeOffset PlacedAt { get; set; }

    public Guid Token { get; set; }

    [Volatile]
    public string? Number { get; set; }

    public string? Notes { get; set; }

    public byte[]? Label { get; set; }

    public IList<OrderLine> Lines { get; } = [];

    public ICollection<Tag> Tags { get; } = [];
}
