namespace Relocation.Testing.Exporting;

/// <summary>A reference that may lead to a record that is not exported.</summary>
/// <param name="Columns">The columns that hold it.</param>
/// <param name="Targets">The keys that it may hold, or null while that is not known.</param>
/// <param name="Reason">What the result says of records that hold another.</param>
internal sealed record CheckedReference(int[] Columns, KeySet? Targets, string Reason);
