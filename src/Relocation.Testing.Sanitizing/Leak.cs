namespace Relocation.Testing.Sanitizing;

/// <summary>A value that is still there.</summary>
/// <param name="Model">The record's model.</param>
/// <param name="Rank">The record's position among its model's records, from 0.</param>
/// <param name="Field">Where it stands: <c>pk</c>, or the field after <c>fields.</c>.</param>
/// <param name="Source">The field of the original that it comes from.</param>
/// <param name="IsWhole">Whether it is all that stands there.</param>
internal sealed record Leak(ModelLabel Model, int Rank, string Field, string Source, bool IsWhole);
