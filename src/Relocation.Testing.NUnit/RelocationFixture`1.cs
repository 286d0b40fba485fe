using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing;

/// <summary>A test database of an EF Core context, created once for the tests that the NUnit fixture covers.</summary>
/// <remarks>
/// The derived class is an NUnit <c>SetUpFixture</c> without further attributes: in a namespace, it covers the tests of that namespace and
/// those within; outside all namespaces, the assembly. Tests derive from <see cref="RelocationTest{TContext}"/> without a database of their
/// own, and use the nearest fixture.
/// </remarks>
/// <typeparam name="TContext">The context.</typeparam>
public abstract partial class RelocationFixture<TContext> : DatabaseFixture
    where TContext : DbContext;
