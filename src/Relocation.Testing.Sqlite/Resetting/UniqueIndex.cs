namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>A unique index, by which a row may be replaced without a trigger of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsPrimaryKey">Whether it is the primary key's.</param>
/// <param name="Columns">Its columns with their collations; a column without a name is an expression.</param>
/// <param name="Filter">The condition of a partial index, or null.</param>
internal sealed record UniqueIndex(
    string Name, bool IsPrimaryKey, IReadOnlyList<(string? Column, string Collation)> Columns, string? Filter);
