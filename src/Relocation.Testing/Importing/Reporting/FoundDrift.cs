using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing.Reporting;

/// <summary>A declared rule that was applied, and the place of the first record that it was applied to.</summary>
internal sealed record FoundDrift(DeclaredDrift Drift, PlaceRequest First);
