using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite.Places;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>A user's file.</summary>
/// <param name="engine">The engine.</param>
/// <param name="source">Its data source, as <see cref="SqlitePath"/> reads it.</param>
internal sealed class SqliteFileTarget(DatabaseEngine engine, string source) : DatabaseTarget
{
    public override DatabaseEngine Engine => engine;

    internal override bool MakesNew => false;

    /// <summary>From here on the real path is used, whatever happens to links and the current folder.</summary>
    internal override Task<DatabaseLease> AcquireAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = SqliteLocation.Of(new SqliteConnectionStringBuilder { DataSource = source }).File!;
        return Task.FromResult<DatabaseLease>(new SqliteFileLease(
            path, isOwn: !File.Exists(path), remove: false, target: null, release: null, SqliteLocation.GivenName(source)));
    }
}
