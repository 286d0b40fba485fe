using System.Globalization;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.Texts;

namespace Relocation.Testing.PostgreSql.Waiting;

/// <summary>Asks the server which sessions block another one.</summary>
/// <param name="advisory">What whoever holds an advisory lock that is waited for does, as in <c>which ...</c>.</param>
internal sealed class LockHolders(string advisory)
{
    /// <summary>Without the right to see other users' sessions, the server tells no more than who they are.</summary>
    private static string Sql(int session) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT b.pid, a.application_name, a.usename::text, a.state, to_char(a.since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
            extract(epoch FROM clock_timestamp() - a.since)::float8, a.query, w.locktype, r.name
        FROM (SELECT DISTINCT unnest(pg_catalog.pg_blocking_pids({session})) AS pid) AS b
        LEFT JOIN (
            SELECT pid, application_name, usename, state, query,
                CASE WHEN state = 'active' THEN query_start WHEN xact_start IS NOT NULL THEN xact_start ELSE state_change END AS since
            FROM pg_catalog.pg_stat_activity) AS a USING (pid)
        LEFT JOIN (SELECT locktype, relation FROM pg_catalog.pg_locks WHERE pid = {session} AND NOT granted LIMIT 1) AS w ON true
        LEFT JOIN LATERAL (
            SELECT n.nspname || '.' || c.relname AS name FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.oid = coalesce(w.relation, (SELECT min(relation) FROM pg_catalog.pg_locks WHERE pid = {session} AND locktype = 'tuple'))) AS r ON true
        ORDER BY b.pid
        """);

    /// <summary>Whom a session waits for, as the end of a sentence without its full stop; null if it does not wait.</summary>
    internal async Task<string?> AskAsync(NpgsqlConnection asking, int session, CancellationToken cancellationToken)
    {
        var rows = await asking.ReadAsync(Sql(session), cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : $"{string.Join(" and ", rows.Select(Describe))}, {(rows.Count == 1 ? "which holds" : "which hold")} {What(rows[0])}";
    }

    private string What(object?[] row) => ((string?)row[7], (string?)row[8]) switch
    {
        ("advisory", _) => advisory,
        ("relation", { } table) => $"a lock on table '{ShownText.Line(table)}'",
        ("relation", null) => "a lock on a table",
        (_, { } table) => $"a lock on rows of table '{ShownText.Line(table)}'",
        _ => "a lock that is needed",
    };

    private static string Describe(object?[] row)
    {
        if ((int)row[0]! == 0)
        {
            return "a prepared transaction (pg_prepared_xacts shows it)";
        }

        var facts = new List<string>();
        if (row[1] is string { Length: > 0 } application)
        {
            facts.Add($"application '{ShownText.Line(application)}'");
        }

        if (row[2] is string user)
        {
            facts.Add($"user '{ShownText.Line(user)}'");
        }

        var isActive = row[3] as string == "active";
        if (row[3] is string state && row[4] is string since && row[5] is double age)
        {
            facts.Add($"{State(state)} since {since} UTC, {WaitErrors.Duration(TimeSpan.FromSeconds(Math.Max(age, 0)))}");
        }

        if (row[3] is not null && row[6] is string query && StatementKind.Of(query) is { } kind)
        {
            facts.Add($"{(isActive ? "its statement" : "its last statement")}: {kind}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"session {row[0]}{(facts.Count > 0 ? $" ({string.Join(", ", facts)})" : string.Empty)}");
    }

    private static string State(string state) => state switch
    {
        "idle in transaction" => "idle in a transaction",
        "idle in transaction (aborted)" => "idle in a failed transaction",
        _ => state,
    };
}
