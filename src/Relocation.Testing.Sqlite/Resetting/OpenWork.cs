using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Resetting;
using Relocation.Testing.Sqlite.Statements;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>Transactions and readers that are still open.</summary>
internal static partial class OpenWork
{
    /// <summary>How long to wait for connections that are just closing before they count as left open.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    internal static Leftovers Left { get; } = new(["left a transaction or a reader open"], MustBeReplaced: true) { IsUnnamedWork = true };

    /// <summary>The open work of a connection of this process, or null.</summary>
    internal static string? Of(SqliteConnection connection) =>
        connection is not { State: System.Data.ConnectionState.Open, Handle: { } handle } ? null
        : raw.sqlite3_get_autocommit(handle) == 0 ? "a transaction is open"
        : raw.GetNativeLibraryName() == NativeMethods.Library && TransactionState(handle.DangerousGetHandle(), 0) > 0 ? "a reader is open"
        : null;

    /// <summary>
    /// The open work of others on the database, in any process: an exclusive lock cannot be taken. Readers of a write-ahead log do not
    /// block it and are not seen.
    /// </summary>
    /// <param name="connection">A connection that has nothing open itself.</param>
    internal static Leftovers OfOthers(SqliteConnection connection)
    {
        try
        {
            using var begin = new ResetStatement(connection, "BEGIN EXCLUSIVE", Grace);
            using var end = new ResetStatement(connection, "ROLLBACK", Grace);
            begin.Run();
            end.Run();
            return Leftovers.None;
        }
        catch (Exception exception) when (SqliteFaults.IsContention(exception))
        {
            return Left;
        }
    }

    [LibraryImport(NativeMethods.Library, EntryPoint = "sqlite3_txn_state")]
    private static partial int TransactionState(nint database, nint schema);
}
