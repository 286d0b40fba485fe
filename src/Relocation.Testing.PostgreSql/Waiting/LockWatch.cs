using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Waiting;

/// <summary>
/// Lets the statements of a session wait for locks, and reports meanwhile for whom: a second connection, opened when a statement takes
/// longer than a second, asks the server.
/// </summary>
/// <param name="connection">The session.</param>
/// <param name="patience">How long it waits.</param>
/// <param name="holders">Asks who blocks.</param>
/// <param name="advice">The advice if it has waited for too long, in whole sentences.</param>
internal sealed class LockWatch(NpgsqlConnection connection, Patience patience, LockHolders holders, string advice)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(30);

    private int _session;
    private string? _who;

    internal LockWatch(NpgsqlConnection connection, Patience patience)
        : this(connection, patience, new LockHolders("the lock of imports that commit chunk by chunk"), PostgreSqlFaults.EndOthers)
    {
    }

    /// <summary>Whether the work is done by a library without cancellation, so that the server is asked to end it.</summary>
    internal bool CancelsForOthers { get; init; }

    /// <summary>Limits the waiting for each lock until the transaction ends. Zero would mean no limit to the server.</summary>
    internal string Limit => $"SET LOCAL lock_timeout = {Milliseconds}";

    private string Milliseconds =>
        Math.Clamp((long)Math.Ceiling(patience.Limit.TotalMilliseconds), 1, int.MaxValue).ToString(CultureInfo.InvariantCulture);

    /// <summary>Bounds the waiting until the transaction ends, and runs statements, in one round trip.</summary>
    internal async Task BeginAsync(IEnumerable<string> statements, CancellationToken cancellationToken) =>
        await SetAsync(statements, cancellationToken).ConfigureAwait(false);

    /// <summary>Bounds the waiting within a transaction of the caller's.</summary>
    /// <returns>The statement that puts the caller's setting back.</returns>
    internal async Task<string> BeginInOuterAsync(CancellationToken cancellationToken) =>
        $"SET LOCAL lock_timeout = '{await SetAsync([], cancellationToken).ConfigureAwait(false)}'";

    /// <summary>Takes an advisory lock for a session of our own.</summary>
    /// <exception cref="KnownFaultException">Somebody held it for too long.</exception>
    internal async Task LockAsync(string number, CancellationToken cancellationToken)
    {
        await LearnSessionAsync(cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync($"SET lock_timeout = {Milliseconds}", cancellationToken).ConfigureAwait(false);
        var command = new NpgsqlCommand($"SELECT pg_catalog.pg_advisory_lock({number})", connection) { CommandTimeout = 0 };
        await using (command.ConfigureAwait(false))
        {
            await WhileAsync(() => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        await connection.ExecuteAsync("RESET lock_timeout", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does work of the session that may meet locks.</summary>
    /// <exception cref="KnownFaultException">Somebody held a lock for too long.</exception>
    internal async Task<T> WhileAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var running = work();
        using var ended = new CancellationTokenSource();
        var watching = running.IsCompleted ? Task.CompletedTask : WatchAsync(ended.Token, cancellationToken);
        try
        {
            return await running.ConfigureAwait(false);
        }
        catch (PostgresException exception)
            when (exception.SqlState == PostgresErrorCodes.LockNotAvailable && !PostgreSqlFaults.IsRaised(exception))
        {
            throw WaitErrors.WaitedTooLong(
                _who ?? "another session, which holds a lock", Stopwatch.GetElapsedTime(started), exception.SqlState, advice, exception);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.QueryCanceled && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.MessageText, exception, cancellationToken);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="WhileAsync{T}(Func{Task{T}}, CancellationToken)" />
    internal Task WhileAsync(Func<Task> work, CancellationToken cancellationToken) => WhileAsync(
        async () =>
        {
            await work().ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Learns by which number the server knows the session, for work in a transaction that begins later.</summary>
    internal async Task LearnSessionAsync(CancellationToken cancellationToken)
    {
        var rows = await connection.ReadAsync("SELECT pg_catalog.pg_backend_pid()", cancellationToken).ConfigureAwait(false);
        _session = (int)rows[0][0]!;
    }

    private async Task<string> SetAsync(IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        await using var _ = batch.ConfigureAwait(false);

        // A pooler may use another number for a session than its server.
        foreach (var statement in statements.Prepend(Limit).Prepend("SELECT pg_catalog.pg_backend_pid(), pg_catalog.current_setting('lock_timeout')"))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        return await WhileAsync(
            async () =>
            {
                var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using var __ = reader.ConfigureAwait(false);
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                _session = reader.GetInt32(0);
                var former = reader.GetString(1);

                // Errors of the statements that follow show only when they are read past.
                while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
                {
                }

                return former;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where the limit is short, the answer is needed before it has passed, though nobody is told.</summary>
    private async Task WatchAsync(CancellationToken ended, CancellationToken cancelled)
    {
        var started = Stopwatch.GetTimestamp();
        var first = patience.Limit / 2 < Patience.Silence ? patience.Limit / 2 : Patience.Silence;
        var next = Patience.Silence;
        string? told = null;
        NpgsqlConnection? asking = null;
        _who = null;
        try
        {
            for (var pause = first; await PassesAsync(pause, ended, cancelled).ConfigureAwait(false); pause = Interval)
            {
                asking ??= await OpenAsync(ended).ConfigureAwait(false);
                _who = asking is null ? _who : await AskAsync(asking, ended).ConfigureAwait(false);
                var waited = Stopwatch.GetElapsedTime(started);
                if (_who is not null && waited >= Patience.Silence && (waited >= next || told is null))
                {
                    (told, next) = (_who, waited + Repeat);
                    patience.Say(WaitErrors.Waiting(_who, patience.Limit));
                }
            }

            if (CancelsForOthers && !ended.IsCancellationRequested && (asking ??= await OpenAsync(ended).ConfigureAwait(false)) is { } cancelling)
            {
                await cancelling.ExecuteAsync(
                    string.Create(CultureInfo.InvariantCulture, $"SELECT pg_catalog.pg_cancel_backend({_session})"), ended).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException || PostgreSqlFaults.Of(exception) is not null)
        {
            // The work has ended, or the connection for asking has broken.
        }
        finally
        {
            if (asking is not null)
            {
                await asking.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a time passes before the work ends or is cancelled.</summary>
    private static async Task<bool> PassesAsync(TimeSpan time, CancellationToken ended, CancellationToken cancelled)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, cancelled);
        await Task.Delay(time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !either.IsCancellationRequested;
    }

    private async Task<string?> AskAsync(NpgsqlConnection asking, CancellationToken cancellationToken) =>
        await holders.AskAsync(asking, _session, cancellationToken).ConfigureAwait(false);

    /// <summary>A connection to the same server and database; null where there is none to be had just now.</summary>
    private async Task<NpgsqlConnection?> OpenAsync(CancellationToken cancellationToken)
    {
        if (_session == 0)
        {
            return null;
        }

        var asking = connection.CloneWith(new NpgsqlConnectionStringBuilder(connection.ConnectionString)
        {
            Host = connection.Host,
            Port = connection.Port,
            Database = connection.Database,
            Pooling = false,
            Enlist = false,
            ApplicationName = "Relocation.Testing",
        }.ToString());
        try
        {
            await asking.OpenAsync(cancellationToken).ConfigureAwait(false);
            return asking;
        }
        catch (Exception exception) when (PostgreSqlFaults.Of(exception) is not null)
        {
            await asking.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch
        {
            await asking.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
