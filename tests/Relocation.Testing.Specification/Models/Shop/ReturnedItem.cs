namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>An optional reference to a composite key.</summary>
public sealed class ReturnedItem
{
    public int Id { get; set; }

    public long? OrderId { get; set; }

    public short? LineNumber { get; set; }

    public OrderLine? Line { get; set; }

    public required string Reason { get; set; }

    public DateOnly ReturnedOn { get; set; }
}
