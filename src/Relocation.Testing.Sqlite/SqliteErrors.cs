namespace Relocation.Testing;

/// <summary>Every message of this assembly: what is wrong, where, what to do.</summary>
internal static class SqliteErrors
{
    internal static NotSupportedException OtherLibrary(string library) =>
        new($"SQLite is provided by '{library}'. Imports write through '{Importing.NativeMethods.Library}' and support no other: reference "
            + "SQLitePCLRaw.bundle_e_sqlite3.");

    internal static ArgumentException NoPath(string parameter) => new(
        "SqliteTarget.File takes the path of a file, or its file: URI without settings. This text is not shown, as it may hold a password: it looks "
        + "like a connection string, a URL or a database in memory. Give a path (./a=b.db where its name looks like a keyword), or use "
        + "SqliteTarget.InMemory.",
        parameter);

    internal static InvalidOperationException TransactionOpen() =>
        new("The connection has an open transaction. Give that transaction to BackupImporter.ImportAsync, or end it first.");

    internal static string ForeignKeyDoesNotHold(string table, string parent) =>
        $"A row of table '{table}' refers to a row of table '{parent}' that is not there.";

    internal static string RowMissing(string table) => $"Table '{table}' has no row of the key that was to be written over.";

    internal static string RowRefused(int extendedCode) =>
        $"SQLite refused the row with code {extendedCode}; the inner exception has its own words, which may hold values.";
}
