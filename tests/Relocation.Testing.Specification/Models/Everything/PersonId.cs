namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>A key with a type of its own.</summary>
/// <param name="Value">The number.</param>
public readonly record struct PersonId(int Value);
