using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>Databases in memory that all connections of one connection string share.</summary>
internal sealed class SqliteMemoryTarget(DatabaseEngine engine) : DatabaseTarget
{
    public override DatabaseEngine Engine => engine;

    internal override async Task<DatabaseLease> AcquireAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = TestDatabaseName.Make(TestDatabaseName.MakeOwner()),
            Mode = SqliteOpenMode.Memory,
            Cache = SqliteCacheMode.Shared,
        }.ToString();

        // SQLite forgets the database when its last connection closes.
        var keeper = new SqliteConnection(connectionString);
        await keeper.OpenAsync(cancellationToken).ConfigureAwait(false);
        return new SqliteMemoryLease(connectionString, keeper, this);
    }

    internal override async Task<DatabaseLease?> AcquireCopyAsync(
        string key, Func<DatabaseLease, CancellationToken, Task> fill, DatabaseRequest request, CancellationToken cancellationToken) =>
        await SqliteCache.CopyAsync(this, key, fill, request, TimeProvider.System, cancellationToken).ConfigureAwait(false);
}
