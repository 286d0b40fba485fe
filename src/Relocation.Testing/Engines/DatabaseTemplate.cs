namespace Relocation.Testing.Engines;

/// <summary>A database at its baseline that no test uses, so that others can be copied from it at any time.</summary>
internal abstract class DatabaseTemplate : IAsyncDisposable
{
    /// <summary>Waits in order until there is room for one more database in use.</summary>
    /// <param name="isNeeded">Looked at while waiting: a database may have become free.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The room, which goes into <see cref="DatabaseRequest.Room"/> or is disposed; null where it is not needed any more.</returns>
    internal virtual Task<IAsyncDisposable?> ReserveAsync(Func<bool> isNeeded, CancellationToken cancellationToken) =>
        Task.FromResult<IAsyncDisposable?>(UnlimitedRoom.Instance);

    /// <summary>Makes a database with the template's content. Safe to call several times at once.</summary>
    /// <param name="request">What the copy is for.</param>
    /// <param name="cancellationToken">Cancels the operation; nothing is left of the copy.</param>
    internal abstract Task<DatabaseLease> CopyAsync(DatabaseRequest request, CancellationToken cancellationToken);

    /// <summary>Removes the template; copies stay.</summary>
    public abstract ValueTask DisposeAsync();
}
