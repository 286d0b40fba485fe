using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>A file of the user's.</summary>
internal sealed class SqliteFileTarget(string path) : DatabaseTarget
{
    public override DatabaseEngine Engine => SqliteEngine.Instance;

    internal override Task<DatabaseLease> AcquireAsync(bool keep, CancellationToken cancellationToken)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        return Task.FromResult<DatabaseLease>(
            new SqliteFileLease(connectionString, path, isOwn: !System.IO.File.Exists(path), remove: false));
    }
}
