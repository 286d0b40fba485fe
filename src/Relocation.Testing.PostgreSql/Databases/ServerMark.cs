using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>
/// A session on a user's server that shows that this process lives: it holds the lock of the process's name. If the server ends it, it is
/// renewed under the same name until that succeeds, since the process's databases bear that name.
/// </summary>
internal sealed class ServerMark : IAsyncDisposable
{
    /// <summary>
    /// An owner's name begins with the server's own time, by which a sweep tells what was made before a restart. It is never rounded up: it would lie
    /// behind a restart that follows at once.
    /// </summary>
    private const string OwnerSql = "SELECT lpad(to_hex(floor(extract(epoch FROM pg_catalog.clock_timestamp()))::bigint), 8, '0')";

    /// <summary>A limit on idle sessions, which servers have from version 14 on, would end a session that does nothing but wait.</summary>
    private const string StayIdleSql =
        "SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings WHERE name = 'idle_session_timeout'";

    private const int SecondsBetweenSigns = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly string _connectionString;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _end = new();
    private NpgsqlConnection? _session;
    private Task? _watch;

    internal ServerMark(NpgsqlConnectionStringBuilder server) => _connectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString)
    {
        Pooling = false,
        KeepAlive = SecondsBetweenSigns,
        ApplicationName = "Relocation.Testing",
    }.ToString();

    /// <summary>The name of this process there, once it is marked.</summary>
    internal string Owner { get; private set; } = string.Empty;

    /// <summary>Marks the process unless it is marked, and keeps it marked from then on.</summary>
    internal async Task HoldAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken).ConfigureAwait(false);
        lock (_end)
        {
            _watch ??= WatchAsync();
        }
    }

    /// <summary>Ends the session and its lock.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await (_watch ?? Task.CompletedTask).ConfigureAwait(false);
        await EndSessionAsync().ConfigureAwait(false);
        _end.Dispose();
        _turn.Dispose();
    }

    /// <summary>Waits in the session, which notices its end at once, and renews it.</summary>
    private async Task WatchAsync()
    {
        var pause = FirstPause;
        while (!_end.IsCancellationRequested)
        {
            NpgsqlConnection? session = null;
            var began = Stopwatch.GetTimestamp();
            try
            {
                session = await EnsureAsync(_end.Token).ConfigureAwait(false);
                await session.WaitAsync(_end.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException || PostgreSqlFaults.Of(exception) is not null)
            {
                // The session has ended. There is no signal when the server is back.
                if (session is not null)
                {
                    await session.DisposeAsync().ConfigureAwait(false);
                }

                pause = Stopwatch.GetElapsedTime(began) > LongestPause ? FirstPause : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
                await Task.Delay(pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<NpgsqlConnection> EnsureAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _session is { State: ConnectionState.Open } session ? session : await ReplaceAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private ValueTask EndSessionAsync() => _session?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<NpgsqlConnection> ReplaceAsync(CancellationToken cancellationToken)
    {
        await EndSessionAsync().ConfigureAwait(false);
        var session = new NpgsqlConnection(_connectionString);
        try
        {
            await session.OpenAsync(cancellationToken).ConfigureAwait(false);
            await session.ExecuteAsync(StayIdleSql, cancellationToken).ConfigureAwait(false);
            if (Owner.Length == 0)
            {
                var time = (string)(await session.ReadAsync(OwnerSql, cancellationToken).ConfigureAwait(false))[0][0]!;
                Owner = time + RandomNumberGenerator.GetHexString(8, lowercase: true);
            }

            var number = long.Parse(Owner, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            await session.ExecuteAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT pg_catalog.pg_advisory_lock_shared({number})"), cancellationToken)
                .ConfigureAwait(false);
            return _session = session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
