using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>A database in a file.</summary>
internal sealed class SqliteFileLease(string connectionString, string path, bool isOwn, bool remove) : DatabaseLease
{
    internal override string ConnectionString => connectionString;

    internal override bool IsOwn => isOwn;

    public override async ValueTask DisposeAsync()
    {
        var connection = new SqliteConnection(connectionString);
        await using (connection.ConfigureAwait(false))
        {
            // Pooled connections hold the file open; Windows removes no open file.
            SqliteConnection.ClearPool(connection);
        }

        if (remove)
        {
            foreach (var suffix in (ReadOnlySpan<string>)["", "-journal", "-wal", "-shm"])
            {
                File.Delete(path + suffix);
            }
        }
    }
}
