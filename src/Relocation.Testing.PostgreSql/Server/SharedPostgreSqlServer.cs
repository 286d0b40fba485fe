namespace Relocation.Testing.PostgreSql.Server;

/// <summary>The process's one throw-away server, which runs while anybody uses it.</summary>
internal sealed class SharedPostgreSqlServer : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private PostgreSqlServer? _server;
    private int _users;

    /// <summary>A server takes a tenth of a second and 40 MB, so all targets of a process share one.</summary>
    internal static SharedPostgreSqlServer OfProcess { get; } = new();

    /// <summary>Starts the server unless it runs, and counts one user more. Each call is paired with <see cref="ReleaseAsync"/>.</summary>
    internal async Task<PostgreSqlServer> UseAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _server ??= await PostgreSqlServer.StartAsync(cancellationToken).ConfigureAwait(false);
            _users++;
            return _server;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Counts one user less; the last one stops the server.</summary>
    internal async Task ReleaseAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (--_users == 0 && _server is { } server)
            {
                _server = null;
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
