using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Relocation.Testing;

/// <summary>Base class of tests with an EF Core context that each start from the baseline, or from an empty database.</summary>
/// <inheritdoc cref="RelocationTest" path="/remarks" />
/// <typeparam name="TContext">The context.</typeparam>
/// <param name="fixture">The fixture, passed by xUnit to the test's constructor.</param>
/// <param name="output">The test's output, as for <see cref="RelocationTest"/>.</param>
public abstract class RelocationTest<TContext>(RelocationFixture<TContext> fixture, ITestOutputHelper? output = null) : RelocationTest(fixture, output)
    where TContext : DbContext
{
    private TContext? _context;

    /// <inheritdoc cref="RelocationTest.Database" />
    protected new TestDatabase<TContext> Database => (TestDatabase<TContext>)base.Database;

    /// <summary>A context of this test's database, created on first use and disposed after the test, unless the test ran out of time.</summary>
    protected TContext Context => _context ??= CreateContext();

    /// <summary>Creates a context of this test's database. The caller disposes it.</summary>
    protected TContext CreateContext() => Database.CreateContext();

    private protected override ValueTask DisposeOwnAsync() => _context?.DisposeAsync() ?? ValueTask.CompletedTask;
}
