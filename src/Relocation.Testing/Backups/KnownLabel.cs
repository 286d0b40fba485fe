namespace Relocation.Testing.Backups;

/// <summary>What reading a backup has to know of the model behind a label.</summary>
/// <param name="Own">The model's own label.</param>
/// <param name="KeyParts">What the parts of its keys are made of.</param>
/// <param name="IsHierarchy">Whether several types, which backups may hold under labels of their own, are one model.</param>
internal sealed record KnownLabel(ModelLabel Own, RecordKeyKind[] KeyParts, bool IsHierarchy);
