using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing;

/// <summary>A test database of an EF Core context, created once for a class or a collection of tests.</summary>
/// <remarks>
/// Derive from it, and use the derived class as an xUnit fixture: <c>IClassFixture</c> or <c>ICollectionFixture</c>.
/// Tests derive from <see cref="RelocationTest{TContext}"/>.
/// </remarks>
/// <typeparam name="TContext">The context.</typeparam>
public abstract partial class RelocationFixture<TContext> : DatabaseFixture
    where TContext : DbContext
{
    /// <inheritdoc cref="DatabaseFixture.Database" />
    public new TestDatabase<TContext> Database => (TestDatabase<TContext>)base.Database;
}
