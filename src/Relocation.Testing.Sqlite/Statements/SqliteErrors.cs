namespace Relocation.Testing.Sqlite.Statements;

/// <summary>Every message of this assembly: what is wrong, where, what to do.</summary>
internal static class SqliteErrors
{
    internal static NotSupportedException OtherLibrary(string library) =>
        new($"SQLite is provided by '{library}'. Imports write through '{NativeMethods.Library}' and support no other: reference "
            + "SQLitePCLRaw.bundle_e_sqlite3.");

    internal static ArgumentException NoPath(string parameter) => new(
        "SqliteTarget.File takes the path of a file, or its file: URI without settings. This text is not shown, as it may hold a password: it looks "
        + "like a connection string, a URL or a database in memory. Give a path (./a=b.db where its name looks like a keyword), or use "
        + "SqliteTarget.InMemory.",
        parameter);

    internal static InvalidOperationException TransactionOpen() =>
        new("The connection has an open transaction. Give that transaction to BackupImporter.ImportAsync, or end it first.");

    /// <summary>The advice if another connection blocked for too long.</summary>
    internal const string EndOthers = "End its transaction and dispose its readers, or wait longer (WaitLimit, --wait-limit).";

    internal static string ForeignKeyDoesNotHold(string table, string parent) =>
        $"A row of table '{table}' refers to a row of table '{parent}' that is not there.";

    internal static ImportException ConflictClause(string table, string clause) => new(
        $"Nothing was imported, as table '{table}' has triggers and a constraint with {clause}: rows could be dropped or replaced without a word. Hold "
        + $"triggers back (TriggerPolicy.HoldBack, --triggers hold-back), or leave {clause} out of the test schema.",
        []);

    internal static string NumberNotKept(RelocationField field) =>
        $"Column '{field.Column}' has the type '{field.StoreType}', of which SQLite makes floating-point numbers, and the value of field '{field.Name}' has more "
        + "digits than these keep. Give the column the type TEXT, or round the number.";

    internal static string RowMissing(string table) =>
        $"Table '{table}' has no row with the key that was to be overwritten, or a trigger skips the change. If a trigger does, hold triggers back "
        + "(TriggerPolicy.HoldBack, --triggers hold-back).";

    internal static string RowRefused(int extendedCode) =>
        $"SQLite refused the row with code {extendedCode}; the inner exception has its own words, which may hold values.";
}
