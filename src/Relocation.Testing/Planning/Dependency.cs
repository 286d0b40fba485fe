namespace Relocation.Testing.Planning;

/// <summary>One model's need of another.</summary>
/// <param name="Target">The model that comes first.</param>
/// <param name="Reference">The reference that says so, or null for a declared dependency.</param>
/// <param name="Cut">How a cycle can be cut here, or null when it cannot.</param>
internal sealed record Dependency(RelocationEntity Target, RelocationReference? Reference, CutKind? Cut);
