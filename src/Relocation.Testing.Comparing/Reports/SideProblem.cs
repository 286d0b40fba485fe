namespace Relocation.Testing.Comparing.Reports;

/// <summary>Something about one side's order that keeps records from being paired.</summary>
internal sealed record SideProblem(FindingKind Kind, ModelLabel Model, int Rank, int? Ordinal, string Reason);
