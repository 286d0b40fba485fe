namespace Relocation.Testing.Specification.Checking;

/// <summary>What the checker found out about records and rows.</summary>
/// <param name="Findings">What is wrong, a sentence each; empty when every reference lands on the row that it should.</param>
/// <param name="Rows">For each record, by name, the name of its row. Records that cannot be told apart have any of their rows.</param>
/// <param name="Certain">The names of the records that only one row can be.</param>
internal sealed record Matching(
    IReadOnlyList<string> Findings, IReadOnlyDictionary<string, string> Rows, IReadOnlySet<string> Certain);
