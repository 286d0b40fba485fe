namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>Stored as text.</summary>
/// <param name="Text">The address.</param>
public sealed record EmailAddress(string Text);
