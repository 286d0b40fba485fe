using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing;

/// <summary>A test database of an EF Core context, made once for a class, a collection or the assembly of tests.</summary>
/// <remarks>
/// Derive from it, and name the derived class where xUnit takes a fixture: <c>IClassFixture</c>, <c>ICollectionFixture</c> or
/// <c>AssemblyFixture</c>. Tests derive from <see cref="RelocationTest{TContext}"/>, which puts the database back before each.
/// </remarks>
/// <typeparam name="TContext">The context.</typeparam>
public abstract class RelocationFixture<TContext> : DatabaseFixture
    where TContext : DbContext
{
    /// <inheritdoc cref="DatabaseFixture.Database" />
    public new TestDatabase<TContext> Database => (TestDatabase<TContext>)base.Database;

    /// <summary>Says what the database is made of. Called once.</summary>
    protected abstract TestDatabaseOptions<TContext> Configure();

    private protected sealed override async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken) =>
        await TestDatabase.CreateAsync(Configure(), cancellationToken).ConfigureAwait(false);
}
