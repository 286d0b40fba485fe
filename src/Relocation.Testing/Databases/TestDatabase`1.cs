using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing;

/// <summary>A <see cref="TestDatabase"/> whose tables and model are those of an EF Core context.</summary>
/// <typeparam name="TContext">The context.</typeparam>
public sealed class TestDatabase<TContext> : IAsyncDisposable
    where TContext : DbContext
{
    private readonly TestDatabase _database;
    private readonly TestDatabaseOptions<TContext> _options;

    internal TestDatabase(TestDatabase database, TestDatabaseOptions<TContext> options)
    {
        _database = database;
        _options = options;
    }

    /// <inheritdoc cref="TestDatabase.ConnectionString" />
    public string ConnectionString => _database.ConnectionString;

    /// <inheritdoc cref="TestDatabase.Engine" />
    public DatabaseEngine Engine => _database.Engine;

    /// <inheritdoc cref="TestDatabase.Model" />
    public RelocationModel Model => _database.Model;

    /// <inheritdoc cref="TestDatabase.Baseline" />
    public IReadOnlyList<ImportResult> Baseline => _database.Baseline;

    /// <summary>Makes a context of this database. The caller disposes it.</summary>
    public TContext CreateContext() => _options.Create(ConnectionString);

    /// <inheritdoc cref="TestDatabase.OpenConnectionAsync" />
    public Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken = default) =>
        _database.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc cref="TestDatabase.ImportAsync" />
    public Task<ImportResult> ImportAsync(
        Backup backup, ImportOptions? options = null, CancellationToken cancellationToken = default) =>
        _database.ImportAsync(backup, options, cancellationToken);

    /// <inheritdoc cref="TestDatabase.ResetAsync(CancellationToken)" />
    public Task ResetAsync(CancellationToken cancellationToken = default) => _database.ResetAsync(cancellationToken);

    /// <inheritdoc cref="TestDatabase.ResetAsync(ResetTo, CancellationToken)" />
    public Task ResetAsync(ResetTo to, CancellationToken cancellationToken = default) =>
        _database.ResetAsync(to, cancellationToken);

    /// <inheritdoc cref="TestDatabase.DisposeAsync" />
    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
