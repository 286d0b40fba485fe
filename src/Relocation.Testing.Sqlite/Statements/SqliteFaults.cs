using System.Globalization;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Statements;

/// <summary>What SQLite's result codes mean: the one place that turns them into causes and advice.</summary>
internal static class SqliteFaults
{
    /// <summary>The bits of an extended code that it has in common with the plain one.</summary>
    private const int PrimaryCode = 0xFF;

    /// <summary>A trigger's own words, which may hold values.</summary>
    private const int RaisedByTrigger = 1811;

    internal static DriverFault? Of(Exception exception) => exception switch
    {
        SqliteException refusal => Of(Math.Max(refusal.SqliteExtendedErrorCode, refusal.SqliteErrorCode), refusal.Message),

        // Where another connection holds the schema of shared memory, SQLite does not say where a statement ends, but the driver's library reads it.
        ArgumentOutOfRangeException when exception.StackTrace?.Contains(".sqlite3_prepare_", StringComparison.Ordinal) == true =>
            Of(raw.SQLITE_LOCKED_SHAREDCACHE, string.Empty),
        _ => null,
    };

    /// <summary>What SQLite said within an exception, or null where that is another matter.</summary>
    internal static DriverFault? Within(Exception exception) => DatabaseEngine.FaultWithin(exception, Of);

    /// <summary>Whether another connection is in the way. A shared cache's extended codes say so too.</summary>
    internal static bool IsContention(Exception exception) => Of(exception) is { IsContention: true };

    /// <param name="code">The result code, extended or not.</param>
    /// <param name="message">SQLite's words.</param>
    internal static DriverFault Of(int code, string message)
    {
        var (fault, cause, advice) = (code & PrimaryCode) switch
        {
            raw.SQLITE_READONLY => (
                DatabaseFault.ReadOnly,
                "SQLite may read the database but not write it",
                "Make the file and its folder writable, leave Mode=ReadOnly out of the connection string, or give another database."),
            raw.SQLITE_FULL => (
                DatabaseFault.Full,
                "there is no room left for the database, its journal or its temporary files, or it has as many pages as PRAGMA max_page_count allows",
                "Make room where the file is and in the folder for temporary files, or give a database elsewhere."),
            raw.SQLITE_IOERR => (
                DatabaseFault.Damaged,
                "a file of the database could not be read or written",
                "Look at the disk and at the folder's rights, or give a database elsewhere."),
            raw.SQLITE_CORRUPT => (DatabaseFault.Damaged, "the database is damaged", "Give another one, or make this one anew."),
            raw.SQLITE_NOTADB => (
                DatabaseFault.Damaged, "the file is no SQLite database, or is encrypted", "Correct the path, or make the database anew."),
            raw.SQLITE_CANTOPEN => (
                DatabaseFault.Unreachable,
                "the file, its journal or its folder cannot be opened",
                "Correct the path, make its folder, and give the account the right to write there."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => (
                DatabaseFault.Locked,
                "another connection reads or writes the database, and did not end in time",
                "End its transaction and dispose its readers, or wait longer: Default Timeout in the connection string, in seconds."),
            raw.SQLITE_PERM or raw.SQLITE_AUTH => (
                DatabaseFault.NotAllowed, "SQLite was not allowed to do that", "Give the account the right to read and write the file."),
            raw.SQLITE_NOMEM => (DatabaseFault.OutOfMemory, "there is not enough memory", "Free memory, or import less at once."),
            raw.SQLITE_NOLFS or raw.SQLITE_MISUSE => (
                DatabaseFault.Damaged, "SQLite cannot work with the file as it is", "Give another database."),
            _ => (
                DatabaseFault.Refused,
                $"SQLite refused a statement{Words(code, message)}",
                "Correct what it names; the inner exception has its own words, which may hold values."),
        };
        return new DriverFault(fault, code.ToString(CultureInfo.InvariantCulture), cause, advice);
    }

    /// <summary>Errors in SQL name tables, columns and words of the SQL, constraints their columns: none of them a row's value.</summary>
    private static string Words(int code, string message) =>
        (code & PrimaryCode) is raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT && code != RaisedByTrigger && Plain(message) is { Length: > 0 } words
            ? $": {words}"
            : string.Empty;

    /// <summary>The driver puts SQLite's words into "SQLite Error 1: '...'.".</summary>
    private static string Plain(string message)
    {
        var start = message.IndexOf(": '", StringComparison.Ordinal);
        return message.StartsWith("SQLite Error", StringComparison.Ordinal) && start >= 0
            ? message[(start + 3)..].TrimEnd('.').TrimEnd('\'')
            : message.TrimEnd('.');
    }
}
