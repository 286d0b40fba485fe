using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.NUnit.Baselines;

/// <summary>A test's lease, with the baseline if that was made only for this test.</summary>
internal sealed class LeasedDatabase(TestLease lease, SharedBaseline? owned) : IAsyncDisposable
{
    private DbContext? _context;

    internal TestDatabase Database => lease.Database;

    /// <summary>The test's own context.</summary>
    internal DbContext Context(Func<DbContext> create) => _context ??= create();

    /// <inheritdoc cref="TestLease.Abandon" />
    internal void Abandon() => lease.Abandon();

    internal Task<KeptDatabase> KeepAsync(string name, CancellationToken cancellationToken) =>
        lease.KeepAsync(name, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_context is { } context)
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
