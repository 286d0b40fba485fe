using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite.Places;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>New files in the folder for temporary files, readable only by the user.</summary>
internal sealed class SqliteTemporaryFileTarget(DatabaseEngine engine) : DatabaseTarget
{
    /// <summary>Files that stay are not swept, so they are not named after this process.</summary>
    private const string Kept = "kept";

    public override DatabaseEngine Engine => engine;

    internal override Task<DatabaseLease> AcquireAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        var folder = Path.GetTempPath();
        var owner = FileOwner.In(folder);
        Action? release = request.Keep ? null : owner.Release;
        var name = MakeName(request, owner);
        try
        {
            var path = Path.Combine(owner.Folder, $"{name}.db");
            OwnFile.Create(path).Dispose();
            return Task.FromResult<DatabaseLease>(new SqliteFileLease(path, isOwn: true, remove: !request.Keep, this, release));
        }
        catch (Exception exception)
        {
            release?.Invoke();
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw NotMade(folder, exception);
            }

            throw;
        }
    }

    private static string MakeName(DatabaseRequest request, FileOwner owner)
    {
        try
        {
            return TestDatabaseName.Make(request.Keep ? Kept : owner.Use());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotMade(owner.Folder, exception);
        }
    }

    private static KnownFaultException NotMade(string folder, Exception cause) =>
        PlacedFault.OfFile("The file of a test database", folder, PlaceChoice.OfTemporary(), cause);

    internal override async Task<DatabaseLease?> AcquireCopyAsync(
        string key, Func<DatabaseLease, CancellationToken, Task> fill, DatabaseRequest request, CancellationToken cancellationToken) =>
        await SqliteCache.CopyAsync(this, key, fill, request, TimeProvider.System, cancellationToken).ConfigureAwait(false);
}
