using Xunit;

namespace Relocation.Testing;

/// <summary>The common base of <see cref="RelocationFixture"/> and <see cref="RelocationFixture{TContext}"/>; derive from one of these.</summary>
public abstract class DatabaseFixture : IAsyncLifetime
{
    private protected DatabaseFixture() => Baseline = new SharedBaseline(CreateAsync);

    /// <summary>The test database, as the last test left it. Tests use <see cref="RelocationTest.Database"/>, which is reset before each.</summary>
    /// <remarks>Reading it throws the error that occurred when it was made.</remarks>
    public TestDatabase Database => Baseline.Database;

    /// <summary>
    /// Whether tests are skipped on a developer machine if the database is not available, instead of failing. Default: no. On a build
    /// server they always fail, and so do tests with <c>[Fact]</c> and <c>[Theory]</c>, which cannot be skipped while they run.
    /// </summary>
    protected internal virtual bool SkipWhenUnavailable => false;

    internal SharedBaseline Baseline { get; }

    /// <summary>Creates the test database. Errors are thrown by each test that uses it, not here.</summary>
    public Task InitializeAsync() => Baseline.StartAsync();

    /// <summary>Removes the test database if it was created for this purpose.</summary>
    public Task DisposeAsync() => Baseline.DisposeAsync().AsTask();

    /// <summary>A baseline for one test of a matrix.</summary>
    internal SharedBaseline CreateBaseline(BackupCase backup) =>
        new(cancellationToken => CreateAsync(backup, cancellationToken));

    private protected abstract Task<TestDatabase> CreateAsync(CancellationToken cancellationToken);

    internal abstract Task<TestDatabase> CreateAsync(BackupCase backup, CancellationToken cancellationToken);
}
