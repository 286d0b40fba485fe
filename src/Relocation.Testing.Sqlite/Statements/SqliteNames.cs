namespace Relocation.Testing.Sqlite.Statements;

/// <summary>Writes names where SQLite takes no parameter.</summary>
internal static class SqliteNames
{
    /// <summary>The name of the kind of database.</summary>
    internal const string Engine = "SQLite";

    /// <summary>The name, quoted.</summary>
    internal static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The text as an SQL literal.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
