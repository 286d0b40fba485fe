using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing;

/// <summary>A class of tests with an EF Core context that each begin with the baseline, or with an empty database.</summary>
/// <inheritdoc cref="RelocationTest" path="/remarks" />
/// <typeparam name="TContext">The context.</typeparam>
/// <param name="fixture">The fixture that xUnit gives to the test's constructor.</param>
public abstract class RelocationTest<TContext>(RelocationFixture<TContext> fixture) : RelocationTest(fixture)
    where TContext : DbContext
{
    private TContext? _context;

    /// <inheritdoc cref="RelocationTest.Database" />
    protected new TestDatabase<TContext> Database => (TestDatabase<TContext>)base.Database;

    /// <summary>A context of this test's database: made when it is first asked for, and disposed after the test.</summary>
    protected TContext Context => _context ??= CreateContext();

    /// <summary>Makes a context of this test's database. The caller disposes it.</summary>
    protected TContext CreateContext() => Database.CreateContext();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_context is { } context)
        {
            await context.DisposeAsync().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }
}
