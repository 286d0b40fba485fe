namespace Relocation.Testing.Planning;

/// <summary>A reference at which a cycle is cut.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="Kind">How rows can be written although the record referred to comes later.</param>
internal sealed record PlannedCut(RelocationReference Reference, CutKind Kind);
