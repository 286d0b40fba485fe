using System.Diagnostics;
using Relocation.Testing.Engines;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.Databases;

/// <summary>
/// The databases of one baseline: a test takes one that is known to be at its baseline, or a new copy, or waits. One that cannot be put back is
/// thrown away and copied anew.
/// </summary>
internal sealed class DatabasePool : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>A server that restarts is back by then. One that is gone should not cost every test the whole limit.</summary>
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(30);

    /// <summary>Nothing that is only looked at may hold up the end of a test.</summary>
    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turns;
    private readonly SemaphoreSlim _line = new(1);
    private readonly Stack<PooledDatabase> _free;
    private readonly List<Task> _ends = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly DatabaseTemplate? _template;
    private readonly TestDatabase _original;
    private IReadOnlyList<IReadOnlyList<string>> _left;
    private string? _spoiled;
    private bool _isDisposed;

    private DatabasePool(TestDatabase first, DatabaseTemplate? template)
    {
        First = _original = first;
        _template = template;
        _free = new Stack<PooledDatabase>([new PooledDatabase(first)]);
        _turns = new SemaphoreSlim(template is null ? 1 : first.MaxDatabases);
        _left = LeaseBook.Enter();
    }

    /// <summary>The database that all others are copies of, or the first copy that took its place. It is taken first, so that tests one after another all have it.</summary>
    internal TestDatabase First { get; private set; }

    /// <summary>Makes a pool of a database at its baseline.</summary>
    /// <param name="first">The database, which belongs to the pool from now on.</param>
    /// <param name="cancellationToken">Cancels the operation; the database is then disposed.</param>
    internal static async Task<DatabasePool> CreateAsync(TestDatabase first, CancellationToken cancellationToken)
    {
        try
        {
            return new DatabasePool(first, await first.MakeTemplateAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await first.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes a database, put back.</summary>
    /// <param name="test">The test that is to have it.</param>
    /// <param name="to">What it is put back to.</param>
    /// <param name="output">Takes what the test should know.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="PoolLostException">There is nothing left to copy from.</exception>
    internal async Task<PooledDatabase> TakeAsync(string test, ResetTo to, Action<string> output, CancellationToken cancellationToken)
    {
        await WaitAsync(_turns, cancellationToken).ConfigureAwait(false);
        try
        {
            TellLeft(output);
            while (true)
            {
                var (taken, isNew) = await NextAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    await PutBackAsync(taken, to, cancellationToken).ConfigureAwait(false);
                    taken.Take(test);
                    taken.Database.Opened.Clear();
                    return taken;
                }
                catch (Exception exception) when (!isNew && taken.Database.IsOwn && IsSpoiled(exception))
                {
                    output(LeaseErrors.Replaced(test, taken.Test, exception.Message));
                    await ThrowAwayAsync(taken, exception).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    await PushAsync(taken).ConfigureAwait(false);
                    if (exception is ResetException refusal && taken.Test is { } last)
                    {
                        throw LeaseErrors.NotPutBack(last, refusal);
                    }

                    throw;
                }
            }
        }
        catch
        {
            EndTurn();
            throw;
        }
    }

    /// <summary>Gives a database back, as it is, and says what the test has left in it. It is disposed where the pool is.</summary>
    /// <param name="database">The database.</param>
    /// <param name="isUnfinished">Whether the test ran out of time and may still be writing.</param>
    /// <returns>What was left, one sentence each.</returns>
    internal async ValueTask<IReadOnlyList<string>> ReturnAsync(PooledDatabase database, bool isUnfinished)
    {
        database.GiveBack();
        try
        {
            var leftovers = isUnfinished
                ? new Leftovers([LeaseErrors.Unfinished], MustBeReplaced: true)
                : await LookAsync(database.Database).ConfigureAwait(false);
            var isReplaced = leftovers.MustBeReplaced && database.Database.IsOwn;
            IReadOnlyList<string> sentences = leftovers.Sentences.Count == 0
                ? []
                : [.. leftovers.Sentences.Select(sentence => LeaseErrors.Left(database.Test ?? string.Empty, sentence, isReplaced))];
            await (isReplaced ? ThrowAwayAsync(database, cause: null) : PushAsync(database)).ConfigureAwait(false);
            return sentences;
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>
    /// Disposes all databases but those that are still in use, which go when they are given back: a test whose time ran out goes on after
    /// its fixture has ended, and what it left is still to be kept.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        Task[] ends;
        lock (_lock)
        {
            if (!_isDisposed)
            {
                LeaseBook.Leave();
            }

            _isDisposed = true;
            ends = [.. _ends, .. _free.Select(free => EndAsync(free.Database))];
            _free.Clear();
        }

        await _ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(ends).ConfigureAwait(false);
        if (_template is not null)
        {
            await EndAsync(_template).ConfigureAwait(false);
        }
    }

    /// <summary>Says which tests had databases in processes that have ended, once.</summary>
    private void TellLeft(Action<string> output)
    {
        if (_left.Count == 0)
        {
            return;
        }

        foreach (var tests in Interlocked.Exchange(ref _left, []))
        {
            output(LeaseErrors.LeftByEnded(tests));
        }
    }

    /// <summary>Nobody is left waiting in a pool that is disposed, as another one may have taken its place.</summary>
    private async ValueTask WaitAsync(SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(SharedBaseline));
        if (turns.Wait(0, CancellationToken.None))
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        try
        {
            await turns.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(SharedBaseline));
        }
    }

    private bool IsSpoiled(Exception exception) =>
        exception is ResetException
        || (exception is DatabaseException && _original.Engine.FaultBehind(exception) is { } fault && _original.FateAfter(fault) == LeaseFate.Spoiled);

    private static async Task<Leftovers> LookAsync(TestDatabase database)
    {
        if (database.IsDisposed)
        {
            return new Leftovers([LeaseErrors.Disposed], MustBeReplaced: true);
        }

        using var limit = new CancellationTokenSource(LookLimit);
        try
        {
            return await database.LookAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whether it is at its baseline shows when it is put back.
            return Leftovers.None;
        }
    }

    private PooledDatabase? PopFree()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(SharedBaseline));
            return _free.TryPop(out var free) ? free : null;
        }
    }

    /// <summary>A database that is free, or a new copy where the server has room for it: whichever comes first, in the order of those who ask.</summary>
    private async Task<(PooledDatabase Database, bool IsNew)> NextAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(_line, cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                if (PopFree() is { } free)
                {
                    return (free, IsNew: false);
                }

                if (_template is null)
                {
                    throw new PoolLostException(_spoiled ?? LeaseErrors.NoOtherDatabase(null), null);
                }

                IAsyncDisposable? room = null;
                await WithPatienceAsync(
                    async () => room = await _template.ReserveAsync(() => !_isDisposed && !HasFree, cancellationToken).ConfigureAwait(false), isCopy: true, cancellationToken)
                    .ConfigureAwait(false);
                if (room is not null)
                {
                    return (await CopyAsync(_template, room, cancellationToken).ConfigureAwait(false), IsNew: true);
                }
            }
        }
        finally
        {
            _line.Release();
        }
    }

    private bool HasFree
    {
        get
        {
            lock (_lock)
            {
                return _free.Count > 0;
            }
        }
    }

    private async Task<PooledDatabase> CopyAsync(DatabaseTemplate template, IAsyncDisposable room, CancellationToken cancellationToken)
    {
        TestDatabase? made = null;
        try
        {
            await WithPatienceAsync(
                async () => made = await _original.CopyAsync(template, room, cancellationToken).ConfigureAwait(false), isCopy: true, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            if (made is null)
            {
                await room.DisposeAsync().ConfigureAwait(false);
            }
        }

        var copy = made!;
        lock (_lock)
        {
            if (!_isDisposed)
            {
                if (First.IsDisposed)
                {
                    First = copy;
                }

                return new PooledDatabase(copy);
            }
        }

        await copy.DisposeAsync().ConfigureAwait(false);
        throw new ObjectDisposedException(nameof(SharedBaseline));
    }

    private Task PutBackAsync(PooledDatabase taken, ResetTo to, CancellationToken cancellationToken) => WithPatienceAsync(
        async () =>
        {
            await taken.Database.EnterAsync(cancellationToken).ConfigureAwait(false);
            await taken.Database.ResetAsync(to, cancellationToken).ConfigureAwait(false);
        },
        isCopy: false,
        cancellationToken);

    /// <summary>Does what a server is needed for, again and again while that is away for a moment or has no connection left.</summary>
    private async Task WithPatienceAsync(Func<Task> work, bool isCopy, CancellationToken cancellationToken)
    {
        var patience = _original.Patience;
        var started = Stopwatch.GetTimestamp();
        var isSaid = false;
        while (true)
        {
            try
            {
                await work().ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (exception is RelocationException and not ResetException && _original.Engine.FaultBehind(exception) is var fault)
            {
                var fate = _original.FateAfter(fault);
                if (fate == LeaseFate.Lost || (isCopy && fate == LeaseFate.Spoiled && fault is { Fault: DatabaseFault.Unreachable }))
                {
                    throw new PoolLostException(_original.EndOfServer ?? exception.Message, exception);
                }

                var waited = Stopwatch.GetElapsedTime(started);
                var limit = fault?.Fault == DatabaseFault.TooManyConnections || patience.Limit < LongestAbsence ? patience.Limit : LongestAbsence;
                if (fate == LeaseFate.Spoiled || waited > limit)
                {
                    throw;
                }

                if (waited > Patience.Silence && !isSaid)
                {
                    isSaid = true;
                    patience.Say(LeaseErrors.ServerIsAway(fault!));
                }
            }

            // No server tells us when it is back.
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Nobody waits for the end of a database that is thrown away, which takes long where its sessions hold on. What cannot be removed now goes when
    /// the next process starts.
    /// </summary>
    private Task ThrowAwayAsync(PooledDatabase database, Exception? cause)
    {
        var end = Task.Run(() => EndAsync(database.Database));
        lock (_lock)
        {
            if (_template is null)
            {
                _spoiled = $"{LeaseErrors.NoOtherDatabase(database.Test)}{(cause is null ? string.Empty : $" {cause.Message}")}";
            }

            _ends.RemoveAll(ended => ended.IsCompletedSuccessfully);
            _ends.Add(end);
            return _isDisposed ? end : Task.CompletedTask;
        }
    }

    /// <summary>A test that has passed does not fail since what it used cannot be removed.</summary>
    private async Task EndAsync(IAsyncDisposable database)
    {
        try
        {
            await database.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RelocationException or IOException or UnauthorizedAccessException || _original.Engine.FaultOf(exception) is not null)
        {
            _original.Patience.Say(exception.Message);
        }
    }

    private Task PushAsync(PooledDatabase database)
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                database.Database.Leave();
                _free.Push(database);
                return Task.CompletedTask;
            }
        }

        return EndAsync(database.Database);
    }

    private void EndTurn()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _turns.Release();
            }
        }
    }
}
