namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>Stored as a number.</summary>
public enum CustomerTier
{
    Bronze,

    Silver,

    Gold,
}
