using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>The user's servers on which this process has databases, each with a mark.</summary>
/// <param name="clock">Says when a server was swept.</param>
/// <param name="log">Receives messages and never throws.</param>
internal sealed class UserServers(TimeProvider clock, Action<string> log)
{
    /// <summary>
    /// How often a server is swept at most. The first time may be too early for what a killed process has left: just after a restart of the server.
    /// </summary>
    internal static readonly TimeSpan BetweenSweeps = DatabaseSweep.Grace + TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ServerMark Mark, int Users)> _held = [];
    private readonly Dictionary<string, long> _swept = [];

    internal static UserServers OfProcess { get; } = new(TimeProvider.System, Patience.ToStandardError);

    /// <summary>Takes part in the process's ownership of databases on a server. The first use sweeps it, and uses that come much later.</summary>
    /// <exception cref="PostgreSqlUnavailableException">The server cannot be reached.</exception>
    internal async Task<ServerUse> UseAsync(string connectionString, CancellationToken cancellationToken)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        server.Database ??= "postgres";
        var mark = Take(connectionString, server);
        try
        {
            await mark.HoldAsync(cancellationToken).ConfigureAwait(false);
            var use = new ServerUse(
                server, mark.Owner, again => UseAsync(connectionString, again), () => ReleaseAsync(connectionString)) { Log = log };
            if (IsSweepDue(connectionString))
            {
                await DatabaseSweep.RunAsync(use, DatabaseSweep.Grace, cancellationToken).ConfigureAwait(false);
            }

            return use;
        }
        catch (Exception exception)
        {
            await ReleaseAsync(connectionString).ConfigureAwait(false);
            if (PostgreSqlFaults.Of(exception) is { } fault)
            {
                throw ServerErrors.ServerUnreachable(server.Host ?? string.Empty, fault, exception);
            }

            throw;
        }
    }

    private ServerMark Take(string connectionString, NpgsqlConnectionStringBuilder server)
    {
        lock (_lock)
        {
            var (mark, users) = _held.TryGetValue(connectionString, out var held) ? held : (new ServerMark(server), 0);
            _held[connectionString] = (mark, users + 1);
            return mark;
        }
    }

    private bool IsSweepDue(string connectionString)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            if (_swept.TryGetValue(connectionString, out var last) && clock.GetElapsedTime(last, now) < BetweenSweeps)
            {
                return false;
            }

            _swept[connectionString] = now;
            return true;
        }
    }

    private async Task ReleaseAsync(string connectionString)
    {
        ServerMark mark;
        lock (_lock)
        {
            (mark, var users) = _held[connectionString];
            if (users > 1)
            {
                _held[connectionString] = (mark, users - 1);
                return;
            }

            _held.Remove(connectionString);
        }

        await mark.DisposeAsync().ConfigureAwait(false);
    }
}
