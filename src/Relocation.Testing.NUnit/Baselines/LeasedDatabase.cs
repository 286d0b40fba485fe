namespace Relocation.Testing.NUnit.Baselines;

/// <summary>A test's lease, with the baseline where that was made for this test alone.</summary>
internal sealed class LeasedDatabase(TestLease lease, SharedBaseline? owned) : IAsyncDisposable
{
    internal TestDatabase Database => lease.Database;

    public async ValueTask DisposeAsync()
    {
        await lease.DisposeAsync().ConfigureAwait(false);
        if (owned is not null)
        {
            await owned.DisposeAsync().ConfigureAwait(false);
        }
    }
}
