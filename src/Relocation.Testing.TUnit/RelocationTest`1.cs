using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing;

/// <summary>Base class of tests with an EF Core context that each start from the baseline, or from an empty database.</summary>
/// <inheritdoc cref="RelocationTest" path="/remarks" />
/// <typeparam name="TContext">The context.</typeparam>
/// <param name="fixture">The fixture, passed by TUnit to the test's constructor.</param>
public abstract class RelocationTest<TContext>(RelocationFixture<TContext> fixture) : RelocationTestBase(fixture)
    where TContext : DbContext
{
    /// <inheritdoc cref="RelocationTestBase.Database" />
    protected new TestDatabase<TContext> Database => (TestDatabase<TContext>)base.Database;

    /// <summary>A context of this test's database, created on first use and disposed after the test.</summary>
    protected TContext Context => (TContext)Lease.Context(CreateContext);

    /// <summary>Creates a context of this test's database. The caller disposes it.</summary>
    protected TContext CreateContext() => Database.CreateContext();
}
