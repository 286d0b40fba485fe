namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>
/// The table in which triggers note what was touched: a row holds a table's number and the rowid of one of its rows.
/// </summary>
internal static class TouchLog
{
    /// <summary>What the names of all our tables and triggers begin with.</summary>
    internal const string Prefix = "__relocation_";

    internal const string Table = Prefix + "touched";

    /// <summary>A number of no table, which says that the database was emptied without the triggers.</summary>
    internal const int Emptied = -1;

    /// <summary>Runs where triggers are off, since otherwise the log refuses to forget.</summary>
    internal const string MarkEmptied = $"DELETE FROM main.{Table};\nINSERT INTO main.{Table} VALUES (-1, 0);\n";

    /// <summary>
    /// Other tools that empty every table meet triggers that silently keep the log's rows, since the emptied rows are to come back.
    /// </summary>
    internal const string CreateStatements = $"""
        CREATE TABLE main.{Table} (t INTEGER NOT NULL, k INTEGER NOT NULL, PRIMARY KEY (t, k)) WITHOUT ROWID;
        CREATE TRIGGER main.{Prefix}keep BEFORE DELETE ON {Table} BEGIN SELECT RAISE(IGNORE); END;

        """;

    /// <summary>Finds what an earlier baseline has left, triggers first.</summary>
    internal const string LeftoversSql = $"""
        SELECT 'DROP ' || type || ' main."' || name || '";' FROM main.sqlite_schema
        WHERE type IN ('table', 'trigger') AND substr(name, 1, {PrefixLength}) = '{Prefix}'
        ORDER BY type DESC
        """;

    private const string PrefixLength = "13";
}
