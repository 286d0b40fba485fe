using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;

namespace Relocation.Testing;

/// <summary>A <see cref="TestDatabase"/> whose tables and model are those of an EF Core context.</summary>
/// <typeparam name="TContext">The context.</typeparam>
public sealed class TestDatabase<TContext> : TestDatabase
    where TContext : DbContext
{
    private readonly TestDatabaseOptions<TContext> _options;

    internal TestDatabase(
        TestDatabaseSetup setup, DatabaseLease lease, ChosenReset baselineReset, TestDatabaseOptions<TContext> options)
        : base(setup, lease, baselineReset) => _options = options;

    /// <summary>Makes a context of this database. The caller disposes it.</summary>
    /// <remarks>
    /// A context that opens another database than this one, because it sets its connection itself, is refused: when it is made, and whenever it
    /// opens a connection.
    /// </remarks>
    /// <exception cref="UnsafeDatabaseException">The context opens another database, or uses another provider. It ran nothing there.</exception>
    public TContext CreateContext() =>
        Transaction is { } transaction ? _options.Create(Entrance, transaction) : _options.Create(Entrance);

    private protected override TestDatabase With(TestDatabaseSetup setup, DatabaseLease lease, ChosenReset baselineReset) =>
        new TestDatabase<TContext>(setup, lease, baselineReset, _options);
}
