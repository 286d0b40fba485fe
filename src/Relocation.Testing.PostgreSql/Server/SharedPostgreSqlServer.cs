using Relocation.Testing.Engines;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>The process's only throw-away server, which runs while it is used. One that dies is replaced for later users.</summary>
internal sealed class SharedPostgreSqlServer : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<PostgreSqlServer, int> _users = [];
    private PostgreSqlServer? _server;

    /// <summary>A server takes a tenth of a second and 40 MB, so all targets of a process share one.</summary>
    internal static SharedPostgreSqlServer OfProcess { get; } = new();

    /// <summary>The server that new users get, while there is one.</summary>
    internal PostgreSqlServer? Current => _server;

    internal Task<PostgreSqlServer> UseAsync(CancellationToken cancellationToken) =>
        UseAsync(PostgreSqlServer.LeastConnections, Patience.ToStandardError, cancellationToken);

    /// <summary>
    /// Starts the server unless it runs, and counts one user more. Each call is paired with <see cref="ReleaseAsync"/>. Users of a server
    /// that has ended still count on it.
    /// </summary>
    /// <param name="connections">How many connections the user may open; a server that runs already stays as it is.</param>
    /// <param name="say">Receives a message if a server has died and is replaced.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal async Task<PostgreSqlServer> UseAsync(int connections, Action<string> say, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_server is { HasEnded: true } ended)
            {
                _server = null;
                say(ended.Replaced());
            }

            _server ??= await PostgreSqlServer.StartAsync(connections, cancellationToken).ConfigureAwait(false);
            _users[_server] = _users.GetValueOrDefault(_server) + 1;
            return _server;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Counts one user more of a server that is in use: what is copied from one is on the same one.</summary>
    /// <exception cref="PostgreSqlUnavailableException">It has ended.</exception>
    internal async Task UseAgainAsync(PostgreSqlServer server, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (server.HasEnded)
            {
                throw server.Ended();
            }

            _users[server]++;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Counts one user less; the last one stops the server.</summary>
    internal async Task ReleaseAsync(PostgreSqlServer server)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (--_users[server] == 0)
            {
                _users.Remove(server);
                _server = _server == server ? null : _server;
                await server.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
