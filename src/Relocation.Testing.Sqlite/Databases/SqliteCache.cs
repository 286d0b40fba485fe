using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite.Places;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>Templates as files in the user's cache folder, each under a lock that ends with the process that holds it.</summary>
internal static class SqliteCache
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Copies the template of a key into a new database of a target, and deletes templates that were not used for a week.</summary>
    internal static async Task<DatabaseLease> CopyAsync(
        DatabaseTarget target,
        string key,
        Func<DatabaseLease, CancellationToken, Task> fill,
        DatabaseRequest request,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var folder = SqliteCachePlace.Folder;
        var path = Path.Combine(folder, $"{key}.db");
        var hold = await HoldAsync(path, request, clock, cancellationToken).ConfigureAwait(false);
        await using (hold.ConfigureAwait(false))
        {
            if (!File.Exists(path))
            {
                await MakeAsync(path, fill, cancellationToken).ConfigureAwait(false);
                Prune(folder, clock);
            }

            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            var pages = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ToString());
            var template = new SqliteTemplate(pages, target);
            await using (template.ConfigureAwait(false))
            {
                await pages.OpenAsync(cancellationToken).ConfigureAwait(false);
                return await template.CopyAsync(request, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A killed process leaves an unfinished file, which the next one replaces, and never an incomplete template.</summary>
    private static async Task MakeAsync(string path, Func<DatabaseLease, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        var unfinished = path + ".new";
        File.Delete(unfinished);
        await OwnFile.Create(unfinished).DisposeAsync().ConfigureAwait(false);
        var lease = new SqliteFileLease(unfinished, isOwn: true, remove: true, target: null, release: null);
        await using (lease.ConfigureAwait(false))
        {
            await fill(lease, cancellationToken).ConfigureAwait(false);
            SqliteConnection.ClearAllPools();
            File.Move(unfinished, path);
        }
    }

    private static void Prune(string folder, TimeProvider clock)
    {
        var oldest = clock.GetUtcNow().UtcDateTime - Kept;
        foreach (var path in Directory.GetFiles(folder, "*.db").Where(path => File.GetLastWriteTimeUtc(path) < oldest))
        {
            // A locked template is in use, so it is not old.
            using var hold = FileLock.TryHold($"{path}.lock");
            if (hold is not null)
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>The folder, readable only by the user, and the lock of a template there.</summary>
    private static async Task<FileStream> HoldAsync(string path, DatabaseRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return await FileLock.HoldAsync(
                $"{path}.lock", "the shared baseline, which it makes or copies", request.Patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw PlacedFault.OfFile("A shared baseline", folder, PlaceChoice.OfCache(), exception);
        }
    }
}
