using System.Data.Common;
using Relocation.Testing.Databases;
using Relocation.Testing.Importing;

namespace Relocation.Testing;

/// <summary>A kind of database that backups can be imported into: SQLite or PostgreSQL.</summary>
/// <remarks>Users hold one; only this library makes them.</remarks>
public abstract class DatabaseEngine
{
    private protected DatabaseEngine()
    {
    }

    /// <summary>The engine's name, as messages show it.</summary>
    public abstract string Name { get; }

    /// <summary>The engine's name.</summary>
    public override string ToString() => Name;

    /// <summary>How the engine spells what tables are made of.</summary>
    internal abstract SchemaDialect Schema { get; }

    /// <summary>A closed connection.</summary>
    internal abstract DbConnection CreateConnection(string connectionString);

    /// <summary>The name, quoted so that any character and any reserved word is safe.</summary>
    internal abstract string Quote(string identifier);

    /// <summary>Whether this engine's connections are of that type.</summary>
    internal abstract bool Owns(DbConnection connection);

    /// <summary>The database's own name (its file's name, for a file), for the guard of the test databases.</summary>
    internal abstract string DatabaseName(DbConnection connection);

    /// <summary>Prepares an import into the tables of <paramref name="loads"/>: a transaction, locks, foreign keys set aside.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="outer">The caller's transaction, or null to begin one.</param>
    /// <param name="loads">What will be written.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal abstract Task<ImportTransaction> BeginImportAsync(
        DbConnection connection, DbTransaction? outer, IReadOnlyList<TableLoad> loads, CancellationToken cancellationToken);
}
