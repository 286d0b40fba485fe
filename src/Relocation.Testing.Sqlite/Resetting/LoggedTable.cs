using System.Globalization;
using Relocation.Testing.Resetting;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>The triggers that record which rows of a table are touched, and the statements that restore these rows.</summary>
/// <remarks>
/// Only keys are recorded, never values: then the order of triggers does not matter, and one key too many does no harm. Rows that a REPLACE
/// removes fire no trigger, so the rows that a new one would replace are recorded before it is inserted.
/// </remarks>
/// <param name="number">The table's number in the log.</param>
/// <param name="name">The table.</param>
/// <param name="rowid">The name of its rowid, or null if it has none.</param>
/// <param name="columns">Its columns.</param>
/// <param name="indexes">Its unique indexes.</param>
internal sealed class LoggedTable(
    int number, string name, string? rowid, IReadOnlyList<LoggedColumn> columns, IReadOnlyList<UniqueIndex> indexes)
{
    private IReadOnlyList<string>? _restoreStatements;

    internal int Number => number;

    internal string Name => name;

    /// <summary>A table without a rowid has a log of its own, since its key may have any number of columns.</summary>
    internal string? OwnLog => rowid is null ? string.Create(CultureInfo.InvariantCulture, $"{TouchLog.Table}_{number}") : null;

    /// <summary>The columns on which indexes depend, or null where that is not known.</summary>
    internal IReadOnlySet<string>? Indexed { get; init; }

    internal string Sql { get; } = SqliteNames.Quote(name);

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

    /// <summary>The columns that take values.</summary>
    internal IReadOnlyList<string> ValueColumns { get; } = [.. columns.Where(column => column.TakesValues).Select(column => column.Name)];

    /// <summary>The columns of the primary key; none where only the rowid tells rows apart.</summary>
    internal IReadOnlyList<string> PrimaryKey { get; } =
        [.. columns.Where(column => column.KeyRank > 0).OrderBy(column => column.KeyRank).Select(column => column.Name)];

    /// <summary>How the recorded rows are read.</summary>
    internal TouchedTable Touched() =>
        new(null, name, ValueColumns, PrimaryKey, $"FROM main.{Sql} AS t WHERE {IsLogged}", $"FROM {UndoSession.Baseline}.{Sql} AS t WHERE {IsLogged}");

    /// <summary>How all rows are read that are not the same on both sides, where the record may not be whole.</summary>
    /// <param name="present">The columns that the table has now.</param>
    /// <returns>The table, or null where its key is gone.</returns>
    internal TouchedTable? Compared(IReadOnlySet<string> present)
    {
        List<string> shared = [.. ValueColumns.Where(present.Contains)];
        if (shared.Count == 0 || !PrimaryKey.All(present.Contains))
        {
            return null;
        }

        var same = shared.Select(Quote).Select(column => $"o.{column} COLLATE BINARY IS t.{column} AND typeof(o.{column}) = typeof(t.{column})");
        var where = string.Join(" AND ", PrimaryKey.Select(Quote).Select(column => $"o.{column} = t.{column}").Concat(same));
        string From(string one, string other) => $"FROM {one}.{Sql} AS t" + (PrimaryKey.Count == 0
            ? string.Empty
            : $" WHERE NOT EXISTS (SELECT 1 FROM {other}.{Sql} AS o WHERE {where})");
        return new TouchedTable(null, name, shared, PrimaryKey, From("main", UndoSession.Baseline), From(UndoSession.Baseline, "main"));
    }

    /// <summary>Restores the recorded rows.</summary>
    internal IReadOnlyList<string> RestoreStatements => _restoreStatements ??= [.. Restore()];

    private static string Quote(string name) => SqliteNames.Quote(name);

    /// <summary>
    /// Recorded rows with unchanged indexed values are updated in place, which saves most of the work on indexes; the others are deleted
    /// and inserted again. Nothing can conflict, and a statement that may stop half-way needs no journal of its own.
    /// </summary>
    private IEnumerable<string> Restore()
    {
        var values = columns.Where(column => column.TakesValues && Quote(column.Name) != rowid).Select(column => column.Name).ToList();
        var list = string.Join(", ", values.Select(Quote).Concat(rowid is null ? [] : [rowid]));
        var insert = $"INSERT OR FAIL INTO main.{Sql} ({list}) SELECT {list} FROM {UndoSession.Baseline}.{Sql} AS b WHERE {IsLogged}";
        var free = values.Where(column => Indexed?.Contains(column) == false).ToList();
        if (rowid is null || free.Count == 0)
        {
            yield return $"DELETE FROM main.{Sql} WHERE {IsLogged}";
            yield return insert;
            yield break;
        }

        var same = values.Except(free).Select(Quote).Select(column => $" AND b.{column} COLLATE BINARY IS t.{column} AND typeof(b.{column}) = typeof(t.{column})");
        yield return $"DELETE FROM main.{Sql} AS t WHERE {IsLogged} AND NOT EXISTS (SELECT 1 FROM {UndoSession.Baseline}.{Sql} AS b WHERE b.{rowid} = t.{rowid}{string.Concat(same)})";
        yield return $"UPDATE OR FAIL main.{Sql} AS t SET {string.Join(", ", free.Select(Quote).Select(column => $"{column} = b.{column}"))} FROM {UndoSession.Baseline}.{Sql} AS b WHERE b.{rowid} = t.{rowid} AND t.{IsLogged}";
        yield return $"{insert} AND NOT EXISTS (SELECT 1 FROM main.{Sql} AS t WHERE t.{rowid} = b.{rowid})";
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
