namespace Relocation.Testing.PostgreSql.Statements;

/// <summary>Writes names where PostgreSQL takes no parameter.</summary>
internal static class PostgreSqlNames
{
    /// <summary>The name of the kind of database.</summary>
    internal const string Engine = "PostgreSQL";

    /// <summary>What the server's codes of errors are called.</summary>
    internal const string Code = "SQLSTATE";

    /// <summary>The name, quoted.</summary>
    internal static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
