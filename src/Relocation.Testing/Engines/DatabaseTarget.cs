using Relocation.Testing.Engines;

namespace Relocation.Testing;

/// <summary>A place where test databases come from: memory, a file, or a server.</summary>
/// <remarks>Users hold one, from <c>SqliteTarget</c> or <c>PostgreSqlTarget</c>; only this library makes them.</remarks>
public abstract class DatabaseTarget
{
    private protected DatabaseTarget()
    {
    }

    /// <summary>The kind of database.</summary>
    public abstract DatabaseEngine Engine { get; }

    /// <summary>Whether each database is made anew, so that one that could not be finished may be begun again.</summary>
    internal virtual bool MakesNew => true;

    /// <summary>Makes or finds a database for one <see cref="TestDatabase"/>.</summary>
    /// <param name="request">What the database is for.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal abstract Task<DatabaseLease> AcquireAsync(DatabaseRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Copies the template of a key, which all processes of the machine or server share, and makes the template where there is
    /// none. Null where nothing is shared.
    /// </summary>
    /// <param name="key">Says what the template holds.</param>
    /// <param name="fill">Fills an empty database to become the template. It may fail half-way.</param>
    /// <param name="request">What the copy is for.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal virtual Task<DatabaseLease?> AcquireCopyAsync(
        string key, Func<DatabaseLease, CancellationToken, Task> fill, DatabaseRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<DatabaseLease?>(null);
}
