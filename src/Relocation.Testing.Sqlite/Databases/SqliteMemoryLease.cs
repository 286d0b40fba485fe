using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>A database in memory, kept by an open connection.</summary>
internal sealed class SqliteMemoryLease(string connectionString, SqliteConnection keeper, DatabaseTarget target) : DatabaseLease
{
    internal override string ConnectionString => connectionString;

    internal override bool IsOwn => true;

    internal override async Task<DatabaseTemplate?> MakeTemplateAsync(CancellationToken cancellationToken) =>
        await SqliteTemplate.OfAsync(this, target, cancellationToken).ConfigureAwait(false);

    internal override Task<KeptDatabase> KeepAsync(KeptPlace place, CancellationToken cancellationToken) =>
        SqliteKeeping.RunAsync(connectionString, place, cancellationToken);

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearPool(keeper);
        return keeper.DisposeAsync();
    }
}
