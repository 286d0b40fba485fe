using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>One use of a server for databases. The server is kept until all its uses are released.</summary>
/// <param name="server">The server, and a database on it to connect to while others are made and dropped.</param>
/// <param name="owner">The name of this process there, which is part of its databases' names.</param>
/// <param name="again">Makes one use more.</param>
/// <param name="release">Ends this use.</param>
internal sealed class ServerUse(
    NpgsqlConnectionStringBuilder server, string owner, Func<CancellationToken, Task<ServerUse>> again, Func<Task> release)
{
    /// <summary>The time limit of statements that create and drop databases, on a busy machine.</summary>
    internal const int SecondsForMaintenance = 300;

    private Func<Task>? _release = release;

    internal string Host => server.Host ?? string.Empty;

    internal string Owner => owner;

    /// <summary>The folder of the programs of a throw-away server, whose databases do not outlive this process; else null.</summary>
    internal string? Programs { get; init; }

    /// <summary>The connections of the server, as this process shares them with others.</summary>
    internal ConnectionRoom Room { get; } = ConnectionRoom.Of(server, owner);

    /// <summary>The throw-away server that is used, or null where it is the user's.</summary>
    internal PostgreSqlServer? ThrowAway { get; init; }

    /// <summary>
    /// Whether the server is a throw-away one that is gone for good. One of the user's that cannot be reached may come back, and so never has ended.
    /// </summary>
    internal bool HasEnded => ThrowAway is { HasEnded: true };

    /// <summary>Receives messages and never throws.</summary>
    internal Action<string> Log { get; init; } = Patience.ToStandardError;

    internal Task<ServerUse> AgainAsync(CancellationToken cancellationToken) => again(cancellationToken);

    internal Task ReleaseAsync() => Interlocked.Exchange(ref _release, null)?.Invoke() ?? Task.CompletedTask;

    /// <summary>A connection string of a database on the server.</summary>
    internal string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database }.ToString();

    internal Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        ExecuteAsync(server.Database!, sql, cancellationToken);

    /// <summary>Runs statements in a database, on a connection of their own.</summary>
    internal Task ExecuteAsync(string database, string sql, CancellationToken cancellationToken) => OnServerAsync(
        async () =>
        {
            var connection = await OpenAsync(database, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await connection.ExecuteAsync(sql, cancellationToken).ConfigureAwait(false);
                return sql;
            }
        },
        cancellationToken);

    internal Task<List<object?[]>> ReadAsync(string sql, CancellationToken cancellationToken) => OnServerAsync(
        async () =>
        {
            var connection = await OpenAsync(server.Database!, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await connection.ReadAsync(sql, cancellationToken).ConfigureAwait(false);
            }
        },
        cancellationToken);

    internal Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        OnServerAsync(() => OpenAsync(server.Database!, cancellationToken), cancellationToken);

    /// <summary>Reports a throw-away server that has ended, without trying to reach it.</summary>
    /// <exception cref="PostgreSqlUnavailableException">It has ended.</exception>
    private async Task<T> OnServerAsync<T>(Func<Task<T>> run, CancellationToken cancellationToken)
    {
        if (HasEnded)
        {
            throw ThrowAway!.Ended();
        }

        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception exception) when (ThrowAway is not null
            && PostgreSqlFaults.Of(exception) is { Fault: DatabaseFault.ConnectionLost or DatabaseFault.Unreachable, Code: not PostgresErrorCodes.InvalidCatalogName })
        {
            if (await ThrowAway.EndsAsync(cancellationToken).ConfigureAwait(false))
            {
                throw ThrowAway.Ended(exception);
            }

            throw;
        }
    }

    /// <summary>
    /// Pooling is off, or the pool would keep connections to a server that is about to end. On a busy server a database takes longer to make or to
    /// remove than the driver waits by itself, which must not fail a test that has passed.
    /// </summary>
    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database, Pooling = false, CommandTimeout = SecondsForMaintenance }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
