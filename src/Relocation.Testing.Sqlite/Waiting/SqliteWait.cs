using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite.Statements;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Waiting;

/// <summary>Waits for other connections. Neither SQLite nor its driver signals their end, so a statement is tried again.</summary>
/// <param name="connection">The connection that waits.</param>
/// <param name="patience">How long.</param>
internal sealed class SqliteWait(SqliteConnection connection, Patience patience)
{
    /// <summary>The driver cannot be cancelled while it retries a statement by itself. Its limit is in whole seconds; zero means forever.</summary>
    internal const int SecondsOfDriver = 1;

    /// <summary>A transaction has read rows that have changed since, so it can never write; waiting does not help.</summary>
    private const int BusySnapshot = 517;

    private static readonly Task<bool> Done = Task.FromResult(true);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Does something that another connection may block, as soon as none does.</summary>
    /// <exception cref="KnownFaultException">Another connection blocked it for too long.</exception>
    internal Task<T> DoAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var timeout = connection.DefaultTimeout;
        connection.DefaultTimeout = SecondsOfDriver;
        var task = Begin(work);
        if (!task.IsCompletedSuccessfully)
        {
            return GoOnAsync(task, work, timeout, started, cancellationToken);
        }

        // The driver is synchronous, so it has usually finished by now.
        connection.DefaultTimeout = timeout;
        return task;
    }

    private static Task<T> Begin<T>(Func<Task<T>> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    private async Task<T> GoOnAsync<T>(Task<T> first, Func<Task<T>> work, int timeout, long started, CancellationToken cancellationToken)
    {
        try
        {
            return await first.ConfigureAwait(false);
        }
        catch (Exception exception) when (IsInUse(exception))
        {
            return await WaitAsync(work, exception, Stopwatch.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            connection.DefaultTimeout = timeout;
        }
    }

    /// <summary>Tries again after the driver has already waited for another connection.</summary>
    private async Task<T> WaitAsync<T>(Func<Task<T>> work, Exception refusal, TimeSpan before, CancellationToken cancellationToken)
    {
        var who = string.Empty;
        var hasMet = true;
        var hasSaid = before >= Patience.Silence && patience.Limit > before;
        if (hasSaid)
        {
            patience.Say(WaitErrors.Waiting(LockHolders.Of(connection), patience.Limit));
        }

        var rest = new Patience(patience.Limit > before ? patience.Limit - before : TimeSpan.Zero, sentence =>
        {
            if (!hasSaid)
            {
                patience.Say(sentence);
            }

            hasSaid = false;
        });
        var done = await rest.AwaitAsync<Tuple<T>>(
            async _ =>
            {
                if (hasMet)
                {
                    hasMet = false;
                    return null;
                }

                try
                {
                    return Tuple.Create(await work().ConfigureAwait(false));
                }
                catch (Exception exception) when (IsInUse(exception))
                {
                    refusal = exception;
                    return null;
                }
            },
            _ =>
            {
                who = LockHolders.Of(connection);
                return Task.FromResult(WaitErrors.Waiting(who, patience.Limit));
            },
            (waited, _) => WaitErrors.WaitedTooLong(who, before + waited, SqliteFaults.Within(refusal)?.Code, SqliteErrors.EndOthers, refusal),
            Pause,
            cancellationToken).ConfigureAwait(false);
        return done.Item1;
    }

    /// <inheritdoc cref="DoAsync{T}(Func{Task{T}}, CancellationToken)" />
    internal Task DoAsync(Func<Task> work, CancellationToken cancellationToken) => DoAsync(
        () =>
        {
            var task = work();
            return task.IsCompletedSuccessfully ? Done : AwaitAsync(task);
        },
        cancellationToken);

    private static async Task<bool> AwaitAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    /// <summary>Begins a transaction that writes.</summary>
    internal Task<SqliteTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var isAgain = false;
        return DoAsync(
            () =>
            {
                if (isAgain)
                {
                    RequireNoWriter();
                }

                isAgain = true;
                return Task.FromResult(connection.BeginTransaction(deferred: false));
            },
            cancellationToken);
    }

    /// <summary>Throws at once if another connection writes; the driver reports it later, and cannot be cancelled until then.</summary>
    internal void RequireNoWriter() => Execute("BEGIN IMMEDIATE; COMMIT");

    /// <summary>Runs a statement, once.</summary>
    internal void Execute(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, sql), connection.Handle);

    private static bool IsInUse(Exception exception) =>
        SqliteFaults.Within(exception) is { Fault: DatabaseFault.Locked } && exception is not SqliteException { SqliteExtendedErrorCode: BusySnapshot };
}
