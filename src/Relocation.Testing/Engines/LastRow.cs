namespace Relocation.Testing.Engines;

/// <summary>The row with the highest key of a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The key; 0 where there is no row.</param>
/// <param name="Hash">Changes with any value of the row; that of nothing where there is no row.</param>
internal readonly record struct LastRow(string Table, long Key, string Hash);
