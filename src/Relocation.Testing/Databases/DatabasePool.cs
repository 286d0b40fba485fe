namespace Relocation.Testing.Databases;

/// <summary>The databases of one baseline: a test takes one that is free, or a new copy, or waits.</summary>
internal sealed class DatabasePool : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turns;
    private readonly Stack<TestDatabase> _free;
    private readonly DatabaseTemplate? _template;
    private bool _isDisposed;

    private DatabasePool(TestDatabase first, DatabaseTemplate? template)
    {
        First = first;
        _template = template;
        _free = new Stack<TestDatabase>([first]);
        _turns = new SemaphoreSlim(template is null ? 1 : first.MaxDatabases);
    }

    /// <summary>The database that all others are copies of. It is taken first, so that tests one after another all have it.</summary>
    internal TestDatabase First { get; }

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

    /// <summary>Takes a database, as its last test left it.</summary>
    internal async Task<TestDatabase> TakeAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_lock)
            {
                if (_free.TryPop(out var free))
                {
                    return free;
                }
            }

            var copy = await First.CopyAsync(_template!, cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                if (!_isDisposed)
                {
                    return copy;
                }
            }

            await copy.DisposeAsync().ConfigureAwait(false);
            throw new ObjectDisposedException(nameof(SharedBaseline));
        }
        catch
        {
            lock (_lock)
            {
                if (!_isDisposed)
                {
                    _turns.Release();
                }
            }

            throw;
        }
    }

    /// <summary>Gives a database back, as it is. It is disposed where the pool is.</summary>
    internal async ValueTask ReturnAsync(TestDatabase database)
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _free.Push(database);
                _turns.Release();
                return;
            }
        }

        await database.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Disposes all databases but those that are still in use, which go when they are given back: a test whose time ran out goes on after
    /// its fixture has ended, and what it left is still to be kept.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        TestDatabase[] free;
        lock (_lock)
        {
            free = [.. _free];
            _free.Clear();
            _isDisposed = true;
        }

        var ends = free.Select(database => database.DisposeAsync().AsTask());
        try
        {
            await Task.WhenAll(ends).ConfigureAwait(false);
        }
        finally
        {
            if (_template is not null)
            {
                await _template.DisposeAsync().ConfigureAwait(false);
            }

            _turns.Dispose();
        }
    }
}
