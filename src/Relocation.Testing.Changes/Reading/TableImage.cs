namespace Relocation.Testing.Reading;

/// <summary>The rows of a table that were touched, as they are and as the baseline has them.</summary>
/// <param name="Table">What the rows hold.</param>
/// <param name="Now">The rows as they are: a value as JSON for each column, null for null.</param>
/// <param name="Before">The rows of the baseline.</param>
internal sealed record TableImage(RecordTable Table, IReadOnlyList<string?[]> Now, IReadOnlyList<string?[]> Before);
