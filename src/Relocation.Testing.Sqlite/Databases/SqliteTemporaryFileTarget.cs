using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>New files in the folder for temporary files.</summary>
internal sealed class SqliteTemporaryFileTarget : DatabaseTarget
{
    public override DatabaseEngine Engine => SqliteEngine.Instance;

    internal override Task<DatabaseLease> AcquireAsync(bool keep, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{TestDatabaseName.Make()}.db");
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        return Task.FromResult<DatabaseLease>(new SqliteFileLease(connectionString, path, isOwn: true, remove: !keep));
    }
}
