namespace Relocation.Testing.Planning;

/// <summary>One model's place in an <see cref="ImportPlan"/>.</summary>
/// <param name="Rank">The place in the order, from 0.</param>
/// <param name="Entity">The model.</param>
/// <param name="Cuts">The references to models of the same or a later place.</param>
internal sealed record PlannedModel(int Rank, RelocationEntity Entity, IReadOnlyList<PlannedCut> Cuts);
