using NUnit.Framework;
using Relocation.Testing.NUnit.Baselines;

namespace Relocation.Testing;

/// <summary>What <see cref="RelocationFixture"/> and <see cref="RelocationFixture{TContext}"/> share; derive from one of these.</summary>
[SetUpFixture]
public abstract class DatabaseFixture : IAsyncDisposable
{
    private readonly LazyBaseline _baseline;

    private protected DatabaseFixture() => _baseline = new LazyBaseline(CreateAsync);

    /// <summary>
    /// Whether tests are ignored at a desk where the database is not available, instead of failing. Default: no. On a build
    /// server they always fail.
    /// </summary>
    protected internal virtual bool SkipWhenUnavailable => false;

    /// <summary>Makes the test database. NUnit calls it. What goes wrong is thrown by each test, not here.</summary>
    [OneTimeSetUp]
    public Task StartBaselineAsync() => _baseline.GetAsync(TestContext.CurrentContext.CancellationToken);

    /// <summary>Removes the test database where it was made for this purpose. NUnit calls it after the last test.</summary>
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
