using TUnit.Core.Interfaces;

namespace Relocation.Testing;

/// <summary>The common base of <see cref="RelocationFixture"/> and <see cref="RelocationFixture{TContext}"/>; derive from one of these.</summary>
public abstract class DatabaseFixture : IAsyncInitializer, IAsyncDisposable
{
    private protected DatabaseFixture() => Baseline = new SharedBaseline(CreateAsync);

    /// <summary>The test database, as the last test left it. Tests use that of their base class, which is reset before each.</summary>
    /// <remarks>Reading it throws the error that occurred when it was made.</remarks>
    public TestDatabase Database => Baseline.Database;

    /// <summary>
    /// Whether tests are skipped on a developer machine if the database is not available, instead of failing. Default: no. On a build
    /// server they always fail.
    /// </summary>
    protected internal virtual bool SkipWhenUnavailable => false;

    internal SharedBaseline Baseline { get; }

    /// <summary>Creates the test database. TUnit calls it. Errors are thrown by each test that uses it, not here.</summary>
    public Task InitializeAsync() => Baseline.StartAsync(CancellationToken.None);

    /// <summary>Removes the test database if it was created for this purpose. TUnit calls it after the last test that shares it.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Baseline.DisposeAsync();
    }

    /// <summary>A baseline for one test of a matrix.</summary>
    internal SharedBaseline CreateBaseline(BackupCase backup) => new(cancellationToken => CreateAsync(backup, cancellationToken));

    internal abstract Task<TestDatabase> CreateAsync(BackupCase backup, CancellationToken cancellationToken);

    private protected abstract Task<TestDatabase> CreateAsync(CancellationToken cancellationToken);
}
