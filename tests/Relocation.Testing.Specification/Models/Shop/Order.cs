namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>A 64-bit key; required and optional references to integer and Guid keys.</summary>
public sealed class Order
{
    public long Id { get; set; }

    public required string Number { get; set; }

    public int CustomerId { get; set; }

    public Customer? Customer { get; set; }

    public int? StoreId { get; set; }

    public Store? Store { get; set; }

    public Guid? VoucherId { get; set; }

    public Voucher? Voucher { get; set; }

    public OrderStatus Status { get; set; }

    public DateTime PlacedAt { get; set; }

    public DateTimeOffset? ShippedAt { get; set; }

    public string? Notes { get; set; }
}
