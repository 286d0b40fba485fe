using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing;

/// <summary>A test database of an EF Core context, created once for the tests of a namespace.</summary>
/// <remarks>
/// The derived class needs no attributes, and a constructor without parameters: in a namespace, it covers the tests of that namespace and
/// those within; outside all namespaces, the assembly. Tests derive from <see cref="RelocationTest{TContext}"/> without a database of their
/// own, and use the nearest fixture. Its database is created before the first class that uses it, and removed when the process ends.
/// </remarks>
/// <typeparam name="TContext">The context.</typeparam>
public abstract partial class RelocationFixture<TContext> : DatabaseFixture
    where TContext : DbContext;
