namespace Relocation.Testing.Importing;

/// <summary>Writes names where SQLite takes no parameter.</summary>
internal static class SqliteNames
{
    /// <summary>The text as an SQL literal.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
