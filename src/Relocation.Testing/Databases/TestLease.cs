using Relocation.Testing.Databases;

namespace Relocation.Testing;

/// <summary>One test's use of a database, which no other test uses meanwhile. Disposal ends it.</summary>
public sealed class TestLease : IAsyncDisposable
{
    private DatabasePool? _pool;

    internal TestLease(TestDatabase database, DatabasePool pool)
    {
        Database = database;
        _pool = pool;
    }

    /// <summary>The database.</summary>
    public TestDatabase Database { get; }

    /// <summary>Keeps a copy of the database, for a test that failed. To be called before the lease is disposed.</summary>
    /// <remarks>
    /// <para>
    /// SQLite databases become files in the folder <c>databases</c> of the artifacts folder, which the environment variable
    /// <c>RELOCATION_ARTIFACTS</c> names; default: <c>artifacts</c> in the nearest folder above the tests that holds a
    /// solution or a repository. On a PostgreSQL server of the user's, the copy is a database whose name begins with
    /// <c>relocation_kept_test_</c>; of a throw-away server it is a dump in the artifacts folder.
    /// </para>
    /// <para>
    /// What the test committed is kept, without the tables and triggers that resets need. The newest ten of the machine's
    /// artifacts folder stay, older ones are removed. Connections that the test left open to a PostgreSQL database are closed.
    /// </para>
    /// </remarks>
    /// <param name="name">The test's name, for example <c>OrderTests.Total_is_right</c>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Where the copy is, as a message for the test's output.</returns>
    /// <exception cref="DatabaseNotKeptException">The copy cannot be made; the test's own failure is what matters then.</exception>
    public Task<KeptDatabase> KeepAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ObjectDisposedException.ThrowIf(_pool is null, this);
        return Database.KeepAsync(KeptPlace.Of(name), cancellationToken);
    }

    /// <summary>Gives the database to the next test, as it is; or disposes it where its baseline is disposed.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _pool, null)?.ReturnAsync(Database) ?? ValueTask.CompletedTask;
}
