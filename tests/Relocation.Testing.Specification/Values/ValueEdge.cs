namespace Relocation.Testing.Specification.Values;

/// <summary>A value at the edge of a type, as a backup holds it.</summary>
/// <param name="Json">The value in the backup.</param>
/// <param name="Value">What EF Core reads after the import.</param>
/// <param name="OnSqlite">Whether SQLite's column keeps it; else it is refused.</param>
/// <param name="OnPostgreSql">Whether PostgreSQL's column keeps it; else it is refused.</param>
/// <param name="IsCut">Whether PostgreSQL's column keeps fewer digits of a second, which the import reports.</param>
public sealed record ValueEdge(string Json, object? Value, bool OnSqlite, bool OnPostgreSql, bool IsCut)
{
    internal bool IsTaken(bool isSqlite) => isSqlite ? OnSqlite : OnPostgreSql;
}
