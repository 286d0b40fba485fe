using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Databases;
using Relocation.Testing.Resetting;

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
    public TContext CreateContext() => Transaction is { } transaction ? _options.Create(transaction) : _options.Create(ConnectionString);

    private protected override TestDatabase With(TestDatabaseSetup setup, DatabaseLease lease, ChosenReset baselineReset) =>
        new TestDatabase<TContext>(setup, lease, baselineReset, _options);
}
