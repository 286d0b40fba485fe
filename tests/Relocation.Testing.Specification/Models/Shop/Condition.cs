namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>Stored as text.</summary>
public enum Condition
{
    New,

    Used,

    Refurbished,
}
