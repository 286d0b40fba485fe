namespace Relocation.Testing;

/// <summary>One test's use of a database, which no other test uses meanwhile. Disposal ends it.</summary>
public sealed class TestLease : IAsyncDisposable
{
    private SemaphoreSlim? _turn;

    internal TestLease(TestDatabase database, SemaphoreSlim turn)
    {
        Database = database;
        _turn = turn;
    }

    /// <summary>The database.</summary>
    public TestDatabase Database { get; }

    /// <summary>Gives the database to the next test, as it is.</summary>
    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _turn, null)?.Release();
        return ValueTask.CompletedTask;
    }
}
