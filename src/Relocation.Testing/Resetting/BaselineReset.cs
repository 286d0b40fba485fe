namespace Relocation.Testing.Resetting;

/// <summary>One way to put a database back to its baseline. Which way is best depends on engine, size and rights.</summary>
internal abstract class BaselineReset : IAsyncDisposable
{
    /// <summary>Remembers the database's content as the baseline.</summary>
    internal abstract Task CaptureAsync(CancellationToken cancellationToken);

    /// <summary>Remembers the database's content as the baseline, where the database is a copy of another one.</summary>
    /// <param name="original">What the other database is reset by; of the same kind.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal virtual Task AdoptAsync(BaselineReset original, CancellationToken cancellationToken) => CaptureAsync(cancellationToken);

    /// <summary>Closes connections that it holds. The next reset opens them again.</summary>
    internal virtual ValueTask ReleaseAsync() => ValueTask.CompletedTask;

    /// <summary>Puts every row and every key counter back to the baseline.</summary>
    /// <exception cref="ResetException">The database cannot be put back; it is as it was.</exception>
    internal abstract Task RestoreAsync(CancellationToken cancellationToken);

    /// <summary>Looks at what a test has left beside rows: a changed schema, transactions, readers and sessions, a vanished database.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal virtual Task<Leftovers> LookAsync(CancellationToken cancellationToken) => Leftovers.NoneAsync;

    /// <summary>Removes what was kept for the baseline.</summary>
    public abstract ValueTask DisposeAsync();
}
