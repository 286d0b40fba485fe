using System.Globalization;
using Npgsql;
using Relocation.Testing.Databases;
using Relocation.Testing.PostgreSql.Server;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>The servers of the user's on which this process has databases, with a session on each that says so.</summary>
internal sealed class UserServers : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, (NpgsqlConnection Session, string Owner, int Users)> _held = [];
    private readonly HashSet<string> _swept = [];

    internal static UserServers OfProcess { get; } = new();

    /// <summary>Takes part in the process's ownership of databases on a server. The first use sweeps it.</summary>
    /// <exception cref="PostgreSqlUnavailableException">The server cannot be reached.</exception>
    internal async Task<ServerUse> UseAsync(string connectionString, CancellationToken cancellationToken)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        server.Database ??= "postgres";
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_held.TryGetValue(connectionString, out var held) && held.Session.State != System.Data.ConnectionState.Open)
            {
                // The server has ended the session. What it has marked still bears its name, so the name is taken up again.
                await held.Session.DisposeAsync().ConfigureAwait(false);
                held.Session = await MarkAsync(server, held.Owner, cancellationToken).ConfigureAwait(false);
            }
            else if (held.Session is null)
            {
                var owner = TestDatabaseName.MakeOwner();
                held = (await MarkAsync(server, owner, cancellationToken).ConfigureAwait(false), owner, 0);
            }

            _held[connectionString] = held;
            var use = new ServerUse(
                server, held.Owner, again => UseAsync(connectionString, again), () => ReleaseAsync(connectionString));
            if (_swept.Add(connectionString))
            {
                await DatabaseSweep.RunAsync(use, cancellationToken).ConfigureAwait(false);
            }

            _held[connectionString] = held with { Users = held.Users + 1 };
            return use;
        }
        catch (Exception exception) when (PostgreSqlFaults.Of(exception) is { } fault)
        {
            throw ServerErrors.ServerUnreachable(server.Host ?? string.Empty, fault, exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Opens a session that holds the lock of the process's name, and is kept alive.</summary>
    private static async Task<NpgsqlConnection> MarkAsync(
        NpgsqlConnectionStringBuilder server, string owner, CancellationToken cancellationToken)
    {
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Pooling = false,
            KeepAlive = 30,
            ApplicationName = "Relocation.Testing",
        }.ToString());
        try
        {
            var number = long.Parse(owner, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            await session.OpenAsync(cancellationToken).ConfigureAwait(false);
            await session.ExecuteAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT pg_catalog.pg_advisory_lock_shared({number})"), cancellationToken)
                .ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task ReleaseAsync(string connectionString)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var held = _held[connectionString];
            if (held.Users > 1)
            {
                _held[connectionString] = held with { Users = held.Users - 1 };
            }
            else
            {
                _held.Remove(connectionString);
                await held.Session.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }
}
