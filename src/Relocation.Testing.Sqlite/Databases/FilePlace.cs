using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Files;
using Relocation.Testing.Importing;
using Relocation.Testing.Resetting;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>The place of a leased file, at which a test may have put another one.</summary>
internal static partial class FilePlace
{
    /// <summary>Whether the file that a connection has open is no more the one at its path.</summary>
    private const int HasMoved = 20;

    /// <summary>Whether the file of an open connection was deleted or replaced since. Windows lets nobody do so.</summary>
    internal static bool HasLost(SqliteConnection connection) =>
        raw.GetNativeLibraryName() == NativeMethods.Library
        && Control(connection.Handle!.DangerousGetHandle(), "main", HasMoved, out var moved) == NativeMethods.Ok && moved != 0;

    /// <summary>
    /// Makes sure that what is put back goes into the lease's file, and that whoever connects after that reads it: one that is missing is made, a
    /// link is refused. Hard links are refused where the file is ours; one of the user's may have had them when it was taken.
    /// </summary>
    /// <exception cref="ResetException">A link to another file is in its place.</exception>
    internal static async Task SecureAsync(DatabaseLease lease)
    {
        var builder = new SqliteConnectionStringBuilder(lease.ConnectionString);
        if (builder.Mode == SqliteOpenMode.Memory)
        {
            return;
        }

        var file = new FileInfo(builder.DataSource);
        if (file.LinkTarget is not null || (lease.IsOwn && file.Exists && FileNode.HasOtherNames(file.FullName)))
        {
            throw ResetErrors.FileIsLink(SqliteEngine.Instance.Name, builder.DataSource);
        }

        if (lease.IsOwn && !file.Exists)
        {
            await OwnFile.Create(file.FullName).DisposeAsync().ConfigureAwait(false);
        }

        // Idle connections of the pool may hold the file that was here before.
        var pooled = new SqliteConnection(lease.ConnectionString);
        await using (pooled.ConfigureAwait(false))
        {
            SqliteConnection.ClearPool(pooled);
        }
    }

    [LibraryImport(NativeMethods.Library, EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Control(nint database, string name, int operation, out int result);
}
