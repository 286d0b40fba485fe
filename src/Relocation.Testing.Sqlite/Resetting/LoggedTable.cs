using System.Globalization;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>The triggers that note which rows of a table are touched, and the statements that put these rows back.</summary>
/// <remarks>
/// Only keys are noted, never values: then it does not matter in which order triggers run, and one key too many does no harm.
/// Rows that a REPLACE removes have no trigger of their own, so those that a new row would replace are noted before it comes.
/// </remarks>
/// <param name="number">The table's number in the log.</param>
/// <param name="name">The table.</param>
/// <param name="rowid">The name under which its rowid is read, or null where it has none.</param>
/// <param name="columns">Its columns.</param>
/// <param name="indexes">Its unique indexes.</param>
internal sealed class LoggedTable(
    int number, string name, string? rowid, IReadOnlyList<LoggedColumn> columns, IReadOnlyList<UniqueIndex> indexes)
{
    private string? _deleteTouched;
    private string? _insertTouched;

    internal int Number => number;

    internal string Name => name;

    /// <summary>A table without a rowid has a log of its own, since its key may have any number of columns.</summary>
    internal string? OwnLog => rowid is null ? string.Create(CultureInfo.InvariantCulture, $"{TouchLog.Table}_{number}") : null;

    internal string Sql { get; } = SqliteEngine.Instance.Quote(name);

    private IReadOnlyList<string> Key { get; } = rowid is not null
        ? [rowid]
        : [.. columns.Where(column => column.KeyRank > 0).OrderBy(column => column.KeyRank).Select(column => Quote(column.Name))];

    private string Log => OwnLog ?? TouchLog.Table;

    /// <summary>The keys that the log holds of this table.</summary>
    private string Logged => OwnLog is null
        ? string.Create(CultureInfo.InvariantCulture, $"(SELECT k FROM main.{Log} WHERE t = {number})")
        : $"(SELECT {string.Join(", ", Key.Select((_, i) => $"k{i}"))} FROM main.{Log})";

    /// <summary>Keys are compared as they are, whatever collation the table compares them with.</summary>
    private string IsLogged => Key.Count == 1
        ? $"{Key[0]} COLLATE BINARY IN {Logged}"
        : $"({string.Join(", ", Key.Select(column => $"{column} COLLATE BINARY"))}) IN {Logged}";

    internal string CreateStatements()
    {
        var triggers = $"{TouchLog.Prefix}{number}";
        var replaced = string.Concat(Replaced());
        return $"""
            {CreateOwnLog()}CREATE TRIGGER main.{triggers}_before_insert BEFORE INSERT ON {Sql} BEGIN
            {replaced}END;
            CREATE TRIGGER main.{triggers}_insert AFTER INSERT ON {Sql} BEGIN
            {Note("NEW")}END;
            CREATE TRIGGER main.{triggers}_update BEFORE UPDATE ON {Sql} BEGIN
            {Note("OLD")}{NoteNewKey()}{replaced}END;
            CREATE TRIGGER main.{triggers}_delete BEFORE DELETE ON {Sql} BEGIN
            {Note("OLD")}END;

            """;
    }

    /// <summary>Statements whose compilation compiles all triggers of the table.</summary>
    internal IEnumerable<string> Probes()
    {
        var column = columns.First(column => column.TakesValues);
        yield return $"EXPLAIN INSERT INTO main.{Sql} DEFAULT VALUES";
        yield return $"EXPLAIN UPDATE main.{Sql} SET {Quote(column.Name)} = {Quote(column.Name)}";
        yield return $"EXPLAIN DELETE FROM main.{Sql}";
    }

    internal string DeleteTouched => _deleteTouched ??= $"DELETE FROM main.{Sql} WHERE {IsLogged}";

    /// <summary>Nothing can conflict, and a statement that may stop half-way needs no journal of its own.</summary>
    internal string InsertTouched => _insertTouched ??= Insertion();

    private static string Quote(string name) => SqliteEngine.Instance.Quote(name);

    private string Insertion()
    {
        var list = string.Join(", ", columns.Where(column => column.TakesValues).Select(column => Quote(column.Name))
            .Where(column => column != rowid).Concat(rowid is null ? [] : [rowid]));
        return $"INSERT OR FAIL INTO main.{Sql} ({list}) SELECT {list} FROM {UndoSession.Baseline}.{Sql} WHERE {IsLogged}";
    }

    private string CreateOwnLog()
    {
        if (OwnLog is null)
        {
            return string.Empty;
        }

        var list = string.Join(", ", Key.Select((_, i) => $"k{i}"));
        return $"""
            CREATE TABLE main.{OwnLog} ({list}, PRIMARY KEY ({list})) WITHOUT ROWID;
            CREATE TRIGGER main.{TouchLog.Prefix}keep_{number} BEFORE DELETE ON {OwnLog} BEGIN SELECT RAISE(IGNORE); END;

            """;
    }

    private string Keys(string row) =>
        (OwnLog is null ? $"{number}, " : string.Empty) + string.Join(", ", Key.Select(column => $"{row}{column}"));

    /// <summary>
    /// The clause decides even where the statement that fires the trigger has a conflict clause, which otherwise holds inside of
    /// triggers too.
    /// </summary>
    private string Note(string row) => $"  INSERT INTO {Log} VALUES ({Keys(row + ".")}) ON CONFLICT DO NOTHING;\n";

    private string NoteNewKey()
    {
        var moved = string.Join(" OR ", Key.Select(column => $"NEW.{column} COLLATE BINARY IS NOT OLD.{column}"));
        var known = string.Join(" AND ", Key.Select(column => $"NEW.{column} IS NOT NULL"));
        return $"  INSERT INTO {Log} SELECT {Keys("NEW.")} WHERE ({moved}) AND {known} ON CONFLICT DO NOTHING;\n";
    }

    private IEnumerable<string> Replaced()
    {
        if (rowid is not null)
        {
            yield return $"  INSERT INTO {Log} SELECT {Keys(string.Empty)} FROM {Sql} WHERE {rowid} = NEW.{rowid} ON CONFLICT DO NOTHING;\n";
        }

        foreach (var index in indexes)
        {
            var same = index.Columns.Select(column => $"{Quote(column.Column!)} = {NewValue(column.Column!)} COLLATE {Quote(column.Collation)}");
            var where = string.Join(" AND ", index.Filter is null ? same : same.Append($"({index.Filter}\n)"));
            yield return $"  INSERT INTO {Log} SELECT {Keys(string.Empty)} FROM {Sql} WHERE {where} ON CONFLICT DO NOTHING;\n";
        }
    }

    private string NewValue(string column)
    {
        var replacement = columns.First(known => string.Equals(known.Name, column, StringComparison.OrdinalIgnoreCase)).ReplacesNull;
        return replacement is null ? $"NEW.{Quote(column)}" : $"coalesce(NEW.{Quote(column)}, ({replacement}))";
    }
}
