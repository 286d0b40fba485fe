using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>A file of the user's.</summary>
/// <param name="source">Its data source, as <see cref="SqlitePath"/> reads it.</param>
internal sealed class SqliteFileTarget(string source) : DatabaseTarget
{
    public override DatabaseEngine Engine => SqliteEngine.Instance;

    internal override bool MakesNew => false;

    /// <summary>The real path is what everything goes by from here on, whatever becomes of links and of the current folder.</summary>
    internal override Task<DatabaseLease> AcquireAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = SqliteLocation.Of(new SqliteConnectionStringBuilder { DataSource = source }).File!;
        return Task.FromResult<DatabaseLease>(new SqliteFileLease(
            path, isOwn: !File.Exists(path), remove: false, target: null, release: null, SqliteLocation.GivenName(source)));
    }
}
