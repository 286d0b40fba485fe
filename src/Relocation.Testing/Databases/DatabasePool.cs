namespace Relocation.Testing.Databases;

/// <summary>The databases of one baseline: a test takes one that is free, or a new copy, or waits.</summary>
internal sealed class DatabasePool : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turns;
    private readonly List<TestDatabase> _all;
    private readonly Stack<TestDatabase> _free;
    private readonly DatabaseTemplate? _template;
    private bool _isDisposed;

    private DatabasePool(TestDatabase first, DatabaseTemplate? template)
    {
        First = first;
        _template = template;
        _all = [first];
        _free = new Stack<TestDatabase>(_all);
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
                    _all.Add(copy);
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

    /// <summary>Gives a database back, as it is.</summary>
    internal void Return(TestDatabase database)
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _free.Push(database);
                _turns.Release();
            }
        }
    }

    /// <summary>Disposes all databases, those that are still in use among them.</summary>
    public async ValueTask DisposeAsync()
    {
        TestDatabase[] all;
        lock (_lock)
        {
            all = [.. _all];
            _all.Clear();
            _isDisposed = true;
        }

        var ends = all.Select(database => database.DisposeAsync().AsTask());
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
