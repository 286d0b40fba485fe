using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing;

/// <summary>A fixture of tests with a test database of an EF Core context, made once for the class.</summary>
/// <inheritdoc cref="RelocationTest" path="/remarks" />
/// <typeparam name="TContext">The context.</typeparam>
public abstract class RelocationTest<TContext> : RelocationTestBase
    where TContext : DbContext
{
    /// <inheritdoc cref="RelocationTestBase.Database" />
    protected new TestDatabase<TContext> Database => (TestDatabase<TContext>)base.Database;

    /// <summary>Says what the database is made of. Called once.</summary>
    protected abstract TestDatabaseOptions<TContext> Configure();

    /// <summary>Makes a context of this test's database. The caller disposes it.</summary>
    protected TContext CreateContext() => Database.CreateContext();

    private protected sealed override async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken) =>
        await TestDatabase.CreateAsync(Configure(), cancellationToken).ConfigureAwait(false);
}
