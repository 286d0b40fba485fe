using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Baselines;

/// <summary>A test's lease, with the baseline if that was made only for this test.</summary>
internal sealed class LeasedDatabase(TestLease lease, SharedBaseline? owned) : IAsyncDisposable
{
    private DbContext? _context;
    private bool _isAbandoned;

    internal TestDatabase Database => lease.Database;

    /// <summary>The test's own context.</summary>
    internal DbContext Context(Func<DbContext> create) => _context ??= create();

    /// <inheritdoc cref="TestLease.Abandon" />
    internal void Abandon()
    {
        _isAbandoned = true;
        lease.Abandon();
    }

    /// <summary>Keeps a failed test's database.</summary>
    /// <returns>The copy or null, and what the test's output says about it.</returns>
    internal async Task<(KeptDatabase? Kept, string Message)> KeepAsync(string name)
    {
        try
        {
            // A cancelled test counts as failed, too.
            var kept = await lease.KeepAsync(name, CancellationToken.None).ConfigureAwait(false);
            return (kept, kept.Message);
        }
        catch (DatabaseNotKeptException exception)
        {
            return (null, exception.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // An abandoned test may be at work with it at this moment.
        if (_context is { } context && !_isAbandoned)
        {
            await context.DisposeAsync().ConfigureAwait(false);
        }

        try
        {
            await lease.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            if (owned is not null)
            {
                await owned.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
