using Npgsql;

namespace Relocation.Testing.PostgreSql.Statements;

/// <summary>
/// Row-level security hides rows without a word. What imports, exports, resets and copies do not see they would lose, so they ask the server to
/// refuse instead. That holds for their own statements only: a test's connections, pooled ones too, keep the policies that they are tested with.
/// </summary>
internal static class RowSecurity
{
    /// <summary>Asks for refusals until the transaction ends.</summary>
    internal const string Off = "SET LOCAL row_security = off";

    /// <summary>The function of the server's that refuses; its message is in the server's language.</summary>
    private const string Refuser = "check_enable_rls";

    /// <summary>Asks for refusals within a transaction of the caller's.</summary>
    /// <returns>The statement that puts the caller's setting back.</returns>
    internal static async Task<string> TurnOffAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var setting = await connection.ReadAsync("SELECT pg_catalog.current_setting('row_security')", cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(Off, cancellationToken).ConfigureAwait(false);
        return $"SET LOCAL row_security = {(string)setting[0][0]!}";
    }

    /// <summary>Whether the server refused a statement for that reason.</summary>
    internal static bool IsRefusal(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.InsufficientPrivilege && exception.Routine == Refuser;

    /// <summary>What the refusal means and what to do. The server names the table.</summary>
    internal static string Explain(PostgresException refusal) => Explain(refusal.MessageText.TrimEnd('.'));

    /// <summary>What it means that tables hide rows, and what to do.</summary>
    internal static string Explain(string what) =>
        $"row-level security hides rows from this role: {what}. Connect as a superuser or a role with BYPASSRLS, or as the table's owner after "
        + "ALTER TABLE ... NO FORCE ROW LEVEL SECURITY.";
}
