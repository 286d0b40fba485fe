using Npgsql;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>Drops the databases of processes that were killed, and nothing else.</summary>
/// <remarks>
/// The name of a database of ours holds the name of its process, and a living process holds an advisory lock of that number from
/// before its first database is made until after its last is gone. A server releases the locks of a session that ends, however
/// it ends.
/// </remarks>
internal static class DatabaseSweep
{
    /// <summary>The list of databases is older than that of the locks, so that a new database's lock is seen.</summary>
    private const string AbandonedSql = """
        SELECT d.datname::text FROM pg_catalog.pg_database AS d
        WHERE d.datname ~ '^relocation_test_[0-9a-f]{16}_[0-9a-f]{12}$' AND NOT EXISTS (
            SELECT 1 FROM pg_catalog.pg_locks AS l
            WHERE l.locktype = 'advisory' AND l.objsubid = 1
                AND l.classid = ('x' || substr(d.datname, 17, 8))::bit(32)::int8::oid
                AND l.objid = ('x' || substr(d.datname, 25, 8))::bit(32)::int8::oid)
        """;

    internal static async Task RunAsync(ServerUse server, CancellationToken cancellationToken)
    {
        foreach (var row in await server.ReadAsync(AbandonedSql, cancellationToken).ConfigureAwait(false))
        {
            await DropUnusedAsync(server, (string)row[0]!, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Drops a database unless somebody is connected to it, or it is another user's, or gone.</summary>
    internal static async Task DropUnusedAsync(ServerUse server, string name, CancellationToken cancellationToken)
    {
        try
        {
            await server.ExecuteAsync($"DROP DATABASE IF EXISTS {PostgreSqlEngine.Instance.Quote(name)}", cancellationToken)
                .ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState
            is PostgresErrorCodes.ObjectInUse or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidCatalogName)
        {
            // It goes another time, or is for others to remove.
        }
    }
}
