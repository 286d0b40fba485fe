namespace Relocation.Testing.Specification.Changes.Stall;

/// <summary>Stored as text.</summary>
public enum OrderStatus
{
    Open,

    Shipped,
}
