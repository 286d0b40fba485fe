namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>Stored as a number.</summary>
public enum OrderStatus
{
    Placed,

    Shipped,

    Delivered,

    Cancelled,
}
