namespace Relocation.Testing.Sanitizing;

/// <summary>Where a known value stands in a text.</summary>
internal readonly record struct KnownMatch(int Start, int Length, KnownValue Value);
