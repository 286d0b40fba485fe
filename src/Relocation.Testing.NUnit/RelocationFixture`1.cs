using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing;

/// <summary>A test database of an EF Core context, made once for the tests around which NUnit sets the fixture up.</summary>
/// <remarks>
/// The derived class is an NUnit <c>SetUpFixture</c> without further attributes: in a namespace, for the tests of that
/// namespace and those within; outside of all namespaces, for the assembly. Tests derive from
/// <see cref="RelocationTest{TContext}"/> and say nothing of their own; the nearest fixture is theirs.
/// </remarks>
/// <typeparam name="TContext">The context.</typeparam>
public abstract partial class RelocationFixture<TContext> : DatabaseFixture
    where TContext : DbContext;
