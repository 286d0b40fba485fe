using Relocation.Testing.Databases;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>New files in the folder for temporary files, which only the user may read.</summary>
internal sealed class SqliteTemporaryFileTarget : DatabaseTarget
{
    /// <summary>Files that stay are not swept, so they are not named after this process.</summary>
    private const string Kept = "kept";

    public override DatabaseEngine Engine => SqliteEngine.Instance;

    internal override Task<DatabaseLease> AcquireAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        var owner = FileOwner.In(Path.GetTempPath());
        Action? release = request.Keep ? null : owner.Release;
        var name = TestDatabaseName.Make(request.Keep ? Kept : owner.Use());
        try
        {
            var path = Path.Combine(owner.Folder, $"{name}.db");
            OwnFile.Create(path).Dispose();
            return Task.FromResult<DatabaseLease>(new SqliteFileLease(path, isOwn: true, remove: !request.Keep, this, release));
        }
        catch
        {
            release?.Invoke();
            throw;
        }
    }

    internal override async Task<DatabaseLease?> AcquireCopyAsync(
        string key, Func<DatabaseLease, CancellationToken, Task> fill, DatabaseRequest request, CancellationToken cancellationToken) =>
        await SqliteCache.CopyAsync(this, key, fill, request, TimeProvider.System, cancellationToken).ConfigureAwait(false);
}
