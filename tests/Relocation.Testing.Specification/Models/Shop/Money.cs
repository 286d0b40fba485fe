namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>Stored as whole cents.</summary>
/// <param name="Cents">The amount.</param>
public readonly record struct Money(long Cents);
