using Relocation.Testing.Databases;
using Relocation.Testing.Engines;

namespace Relocation.Testing;

/// <summary>One test's use of a database, which no other test uses meanwhile. Disposal ends it.</summary>
public sealed class TestLease : IAsyncDisposable
{
    private readonly PooledDatabase _pooled;
    private readonly Action<string> _output;
    private DatabasePool? _pool;
    private bool _isUnfinished;

    internal TestLease(PooledDatabase pooled, DatabasePool pool, Action<string> output)
    {
        _pooled = pooled;
        _pool = pool;
        _output = output;
        Test = pooled.Test ?? string.Empty;
    }

    /// <summary>The database.</summary>
    public TestDatabase Database => _pooled.Database;

    /// <summary>The test's name, by which messages call it.</summary>
    public string Test { get; }

    /// <summary>
    /// What the test has left in its database beside rows, one sentence each: an open transaction, reader or session, a changed schema. Known when
    /// the lease was disposed; empty before, and where nothing was left.
    /// </summary>
    public IReadOnlyList<string> Leftovers { get; private set; } = [];

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

    /// <summary>
    /// Says that the test ran out of time and may still be working on its database, so that no other test gets it. To be called before the lease is
    /// disposed.
    /// </summary>
    public void Abandon() => _isUnfinished = true;

    /// <summary>
    /// Gives the database to the next test, or throws it away where it cannot be put back; or disposes it where its baseline is disposed. What the
    /// test has left is written to its output.
    /// </summary>
    /// <exception cref="LeftoversException">The test has left something, and <c>FailOnLeftovers</c> is set.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _pool, null) is not { } pool)
        {
            return;
        }

        Leftovers = await pool.ReturnAsync(_pooled, _isUnfinished).ConfigureAwait(false);
        foreach (var leftover in Leftovers)
        {
            _output(leftover);
        }

        if (Leftovers.Count > 0 && Database.FailOnLeftovers && !_isUnfinished)
        {
            throw LeaseErrors.TestLeft(Leftovers);
        }
    }
}
