using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing;

/// <summary>A test database of an EF Core context, created once for the tests that share it.</summary>
/// <remarks>
/// Derive from it, and pass the derived class to the constructor of tests by <c>[ClassDataSource&lt;T&gt;(Shared = ...)]</c>: <c>PerClass</c>,
/// <c>PerAssembly</c> or <c>PerTestSession</c>. Tests derive from <see cref="RelocationTest{TContext}"/>.
/// </remarks>
/// <typeparam name="TContext">The context.</typeparam>
public abstract partial class RelocationFixture<TContext> : DatabaseFixture
    where TContext : DbContext
{
    /// <inheritdoc cref="DatabaseFixture.Database" />
    public new TestDatabase<TContext> Database => (TestDatabase<TContext>)base.Database;
}
