using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>A database in memory, kept by an open connection.</summary>
internal sealed class SqliteMemoryLease(string connectionString, SqliteConnection keeper) : DatabaseLease
{
    internal override string ConnectionString => connectionString;

    internal override bool IsOwn => true;

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearPool(keeper);
        return keeper.DisposeAsync();
    }
}
