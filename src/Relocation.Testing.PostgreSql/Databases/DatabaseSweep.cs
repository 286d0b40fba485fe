using System.Globalization;
using Npgsql;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>Drops the databases of killed processes, and nothing else.</summary>
/// <remarks>
/// The name of a database of ours holds the name of its process, and a living process holds an advisory lock of that number from before its
/// first database is made until after its last is gone. A server releases the locks of a session that ends, however it ends.
/// <para> A server that starts has no locks, until those who live have marked themselves again. So what belongs to processes that were
/// there before its start is spared for a while; the name of a process begins with the time of its first mark by the server's clock. A
/// server that ends all sessions after a crash of one of them counts as started then, where the role may see that. </para>
/// </remarks>
internal static class DatabaseSweep
{
    /// <summary>How long after a server's start those who live have to mark themselves again.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The list of databases is older than that of the locks, so that a new database's lock is seen. A server that is to drop a database which is in use
    /// waits for seconds before it refuses.
    /// </summary>
    private static string AbandonedSql(TimeSpan grace) => string.Create(CultureInfo.InvariantCulture, $$"""
        SELECT d.datname::text FROM pg_catalog.pg_database AS d, (
            SELECT greatest(pg_catalog.pg_postmaster_start_time(), max(a.backend_start)) AS moment FROM pg_catalog.pg_stat_activity AS a
            WHERE a.backend_type = 'checkpointer') AS start
        WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity AS a WHERE a.datid = d.oid)
            AND d.datname ~ '^relocation_test_[0-9a-f]{16}_[0-9a-f]{12}$' AND NOT EXISTS (
            SELECT 1 FROM pg_catalog.pg_locks AS l
            WHERE l.locktype = 'advisory' AND l.objsubid = 1
                AND l.classid = ('x' || substr(d.datname, 17, 8))::bit(32)::int8::oid
                AND l.objid = ('x' || substr(d.datname, 25, 8))::bit(32)::int8::oid)
            AND (start.moment < pg_catalog.clock_timestamp() - interval '{{grace.TotalSeconds}} seconds'
                OR ('x' || substr(d.datname, 17, 8))::bit(32)::int8 > extract(epoch FROM start.moment))
        """);

    /// <summary>Sweeps a server. If that is not possible now, it is done another time.</summary>
    /// <param name="server">The server.</param>
    /// <param name="grace">How long after the server's start what is older than that is spared.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static async Task RunAsync(ServerUse server, TimeSpan grace, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var row in await server.ReadAsync(AbandonedSql(grace), cancellationToken).ConfigureAwait(false))
            {
                await DropUnusedAsync(server, (string)row[0]!, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (PostgreSqlFaults.Of(exception) is { IsEnvironment: true })
        {
            // A failure shows when the server is needed.
        }
    }

    /// <summary>Drops a database unless it has connections, belongs to another user, or no longer exists.</summary>
    internal static async Task DropUnusedAsync(ServerUse server, string name, CancellationToken cancellationToken)
    {
        try
        {
            await server.ExecuteAsync($"DROP DATABASE IF EXISTS {PostgreSqlNames.Quote(name)}", cancellationToken)
                .ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState
            is PostgresErrorCodes.ObjectInUse or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidCatalogName)
        {
            // It is dropped another time, or by others.
        }
    }
}
