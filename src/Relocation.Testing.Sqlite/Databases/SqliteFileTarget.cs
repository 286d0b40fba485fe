using Relocation.Testing.Databases;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>A file of the user's.</summary>
internal sealed class SqliteFileTarget(string path) : DatabaseTarget
{
    public override DatabaseEngine Engine => SqliteEngine.Instance;

    internal override Task<DatabaseLease> AcquireAsync(bool keep, CancellationToken cancellationToken) =>
        Task.FromResult<DatabaseLease>(
            new SqliteFileLease(path, isOwn: !File.Exists(path), remove: false, target: null, release: null));
}
