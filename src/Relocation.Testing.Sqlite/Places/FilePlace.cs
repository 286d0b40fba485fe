using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Files;
using Relocation.Testing.Resetting;
using Relocation.Testing.Sqlite.Statements;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Places;

/// <summary>The place of a leased file, which a test may have replaced.</summary>
internal static partial class FilePlace
{
    /// <summary>Whether a connection's file is no longer the one at its path.</summary>
    private const int HasMoved = 20;

    /// <summary>Whether the file of an open connection was deleted or replaced. Windows does not allow that.</summary>
    internal static bool HasLost(SqliteConnection connection) =>
        raw.GetNativeLibraryName() == NativeMethods.Library
        && Control(connection.Handle!.DangerousGetHandle(), "main", HasMoved, out var moved) == NativeMethods.Ok && moved != 0;

    /// <summary>
    /// Makes sure that a reset writes to the lease's file, which later connections read: a missing file is created, a link is refused. Hard
    /// links are refused if the file is ours; a user's file may have had them before.
    /// </summary>
    /// <exception cref="ResetException">A link to another file has taken its place.</exception>
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
            throw ResetErrors.FileIsLink(SqliteNames.Engine, builder.DataSource);
        }

        if (lease.IsOwn && !file.Exists)
        {
            await OwnFile.Create(file.FullName).DisposeAsync().ConfigureAwait(false);
        }

        // Idle pooled connections may hold the previous file.
        var pooled = new SqliteConnection(lease.ConnectionString);
        await using (pooled.ConfigureAwait(false))
        {
            SqliteConnection.ClearPool(pooled);
        }
    }

    [LibraryImport(NativeMethods.Library, EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Control(nint database, string name, int operation, out int result);
}
