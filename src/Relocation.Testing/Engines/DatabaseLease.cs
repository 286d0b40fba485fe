using System.Data.Common;

namespace Relocation.Testing.Engines;

/// <summary>One test database's hold on a real one; disposal removes what was made for it.</summary>
internal abstract class DatabaseLease : IAsyncDisposable
{
    /// <summary>A connection string for it.</summary>
    internal abstract string ConnectionString { get; }

    /// <summary>Whether the database was made for this lease, so that nothing of anybody else's can be in it.</summary>
    internal abstract bool IsOwn { get; }

    /// <summary>The name by which the user knows the database, where the connection string has another one; otherwise null.</summary>
    internal virtual string? GivenName => null;

    /// <summary>Readies a connection that the test database gives away.</summary>
    /// <param name="connection">The connection, open.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal virtual Task ReadyAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A test is to have the database: waits until there is room for the connections that it may open.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    internal virtual ValueTask EnterAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>A test has given the database back.</summary>
    /// <param name="release">Closes what is open to put it back; called where others need the room.</param>
    internal virtual void Leave(Func<ValueTask> release)
    {
    }

    /// <summary>What is known of the end of its server, in sentences; null where that has not ended.</summary>
    internal virtual string? EndOfServer => null;

    /// <summary>What becomes of the database after a fault.</summary>
    /// <param name="fault">What the driver has said, or null where it has not been asked.</param>
    internal virtual LeaseFate FateAfter(DriverFault? fault) => LeaseFate.Spoiled;

    /// <summary>
    /// Makes a template of the database as it is, or gives null where the database is not to be copied. Nobody may write to the
    /// database meanwhile.
    /// </summary>
    /// <param name="cancellationToken">Cancels the operation; nothing is left of the template.</param>
    internal virtual Task<DatabaseTemplate?> MakeTemplateAsync(CancellationToken cancellationToken) =>
        Task.FromResult<DatabaseTemplate?>(null);

    /// <summary>Copies the database to where it stays, without what a reset has put into it.</summary>
    /// <param name="place">Where and under which name.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal abstract Task<KeptDatabase> KeepAsync(KeptPlace place, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
