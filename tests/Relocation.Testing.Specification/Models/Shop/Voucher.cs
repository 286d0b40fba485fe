namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>A Guid key, and a complex type in the same table.</summary>
public sealed class Voucher
{
    public Guid Id { get; set; }

    public required string Code { get; set; }

    public int? CustomerId { get; set; }

    public Customer? Customer { get; set; }

    public decimal Discount { get; set; }

    public required Validity Validity { get; set; }
}
