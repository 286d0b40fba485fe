namespace Relocation.Testing.Databases;

/// <summary>A database at its baseline that no test uses, so that others can be copied from it at any time.</summary>
internal abstract class DatabaseTemplate : IAsyncDisposable
{
    /// <summary>Makes a database with the template's content. Safe to call several times at once.</summary>
    /// <param name="request">What the copy is for.</param>
    /// <param name="cancellationToken">Cancels the operation; nothing is left of the copy.</param>
    internal abstract Task<DatabaseLease> CopyAsync(DatabaseRequest request, CancellationToken cancellationToken);

    /// <summary>Removes the template; copies stay.</summary>
    public abstract ValueTask DisposeAsync();
}
