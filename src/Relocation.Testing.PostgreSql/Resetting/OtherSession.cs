using System.Globalization;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>Another session of the database that is not idle.</summary>
/// <param name="ProcessId">Its process on the server.</param>
/// <param name="Application">The name that it gave itself; may be empty.</param>
/// <param name="Doing">What it is doing.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Statement">The beginning of its last statement, without values.</param>
/// <param name="Tables">The tables that it has locked; null where it has none.</param>
internal sealed record OtherSession(int ProcessId, string Application, SessionWork Doing, double Seconds, string Statement, string? Tables)
{
    private const string Schema = PostgreSqlCatalog.BaselineSchema;

    /// <summary>This database's number, which copies of it do not share.</summary>
    internal const string DatabaseNumber = "(SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())";

    /// <summary>
    /// Whether another session of this database has written something in a transaction that is still open. While nobody on the server has, the oldest
    /// transaction at work is the one that comes next, and that is known at once.
    /// </summary>
    internal const string OthersWrite = $"""
        pg_catalog.age((pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot()) & 4294967295)::text::pg_catalog.xid) <> 0
            AND EXISTS (SELECT 1 FROM pg_catalog.pg_stat_get_activity(NULL) AS a
                WHERE a.backend_xid IS NOT NULL AND a.pid <> pg_catalog.pg_backend_pid() AND coalesce(a.backend_type, 'client backend') = 'client backend'
                    AND a.datid = {DatabaseNumber})
        """;

    /// <summary>
    /// What has changed in the schema, if anything, and beside it each session that is not idle; one row at least. Sessions of which this role may
    /// not know the state are left out.
    /// </summary>
    internal const string LookSql = $"""
        SELECT n.changes, s.*
        FROM (SELECT {Schema}.noticed() AS changes) AS n LEFT JOIN LATERAL ({SessionsSql}) AS s ON true
        """;

    internal const string SessionsSql = $"""
        SELECT a.pid, a.application_name, a.state, a.wait_event,
            extract(epoch FROM pg_catalog.clock_timestamp() - coalesce(a.xact_start, a.query_start, a.backend_start))::float8 AS age, a.query,
            (SELECT string_agg(DISTINCT l.relation::regclass::text, ', ') FROM pg_catalog.pg_locks AS l JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
             WHERE l.pid = a.pid AND l.granted AND c.relkind IN ('r', 'p', 'm') AND c.oid >= {SchemaWatch.FirstNumber} AND c.relnamespace <> '{Schema}'::regnamespace)
        FROM pg_catalog.pg_stat_get_activity(NULL) AS a
        WHERE a.datid = {DatabaseNumber} AND a.pid <> pg_catalog.pg_backend_pid() AND a.backend_type = 'client backend'
            AND a.state NOT IN ('idle', 'disabled')
        ORDER BY a.pid
        """;

    /// <summary>What it is, as the end of a sentence that begins with the test's name.</summary>
    internal string AsLeft => Doing switch
    {
        SessionWork.Transaction => $"left a transaction open for {Age}: {Name} is idle in it{Locks}{Last}",
        SessionWork.Reader => $"left a reader open for {Age}: {Name} has rows that nobody fetches{Locks}{Last}",
        _ => $"left a statement running for {Age}: {Name}{Locks}{Last}",
    };

    /// <summary>What it is, as a part of a sentence.</summary>
    internal string AsBlocker => Doing switch
    {
        SessionWork.Transaction => $"{Name} has a transaction open for {Age} and is idle in it{Locks}{Last}",
        SessionWork.Reader => $"{Name} has had a reader open for {Age}{Locks}{Last}",
        _ => $"{Name} has been at work for {Age}{Locks}{Last}",
    };

    private string Name => string.Create(CultureInfo.InvariantCulture, $"session {ProcessId}")
        + (Application.Length > 0 ? $" of '{Application}'" : string.Empty);

    private string Age => Seconds < 1 ? "less than a second" : string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.0} s");

    private string Locks => Tables is null ? string.Empty : $", with locks on {Tables}";

    private string Last => Statement.Length == 0 ? string.Empty : $"; its last statement: {Statement}";

    /// <summary>Reads a row of <see cref="SessionsSql"/>.</summary>
    internal static OtherSession Read(ReadOnlySpan<object?> row) => new(
        (int)row[0]!,
        (string?)row[1] ?? string.Empty,
        WorkOf((string)row[2]!, (string?)row[3]),
        (double)row[4]!,
        StatementText.Shown((string?)row[5]),
        (string?)row[6]);

    /// <summary>A server that waits for its client to take more rows has a reader there.</summary>
    private static SessionWork WorkOf(string state, string? waitsFor) =>
        state.StartsWith("idle in transaction", StringComparison.Ordinal) ? SessionWork.Transaction
        : waitsFor == "ClientWrite" ? SessionWork.Reader
        : SessionWork.Statement;
}
