using Relocation.Testing.Baselines;

namespace Relocation.Testing;

/// <summary>The common base of <see cref="RelocationFixture"/> and <see cref="RelocationFixture{TContext}"/>; derive from one of these.</summary>
public abstract partial class DatabaseFixture : IAsyncDisposable
{
    private readonly LazyBaseline _baseline;

    private protected DatabaseFixture() => _baseline = new LazyBaseline(CreateAsync);

    /// <summary>
    /// Whether tests are skipped on a developer machine if the database is not available, instead of failing. Default: no. On a build
    /// server they always fail.
    /// </summary>
    protected internal virtual bool SkipWhenUnavailable => false;

    /// <summary>Removes the test database if it was created for this purpose. Called after the last test.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _baseline.DisposeAsync();
    }

    internal Task<SharedBaseline> GetBaselineAsync(CancellationToken cancellationToken) => _baseline.GetAsync(cancellationToken);

    /// <summary>The database of one test of a matrix.</summary>
    internal abstract Task<TestDatabase> CreateAsync(BackupCase backup, CancellationToken cancellationToken);

    private protected abstract Task<TestDatabase> CreateAsync(CancellationToken cancellationToken);
}
