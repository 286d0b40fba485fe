using Microsoft.Data.Sqlite;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>The tables whose touched rows can be recorded, and the obstacles.</summary>
internal sealed class LoggedSchema
{
    private const string Tables = """
        FROM pragma_table_list AS l
        WHERE l.schema = 'main' AND l.type = 'table' AND substr(l.name, 1, 7) <> 'sqlite_' AND substr(l.name, 1, 13) <> '__relocation_'
        """;

    private const string TablesSql = $"SELECT l.name, l.wr {Tables} ORDER BY l.name";

    private const string ColumnsSql = $"""
        SELECT t.name, c.name, c.hidden, c.pk, CASE WHEN c."notnull" THEN c.dflt_value END, upper(c.type)
        FROM (SELECT l.name {Tables}) AS t, pragma_table_xinfo(t.name, 'main') AS c
        ORDER BY t.name, c.cid
        """;

    private const string IndexesSql = $"""
        SELECT t.name, i.name, i.origin, i.partial, s.sql, c.name, c.coll
        FROM (SELECT l.name {Tables}) AS t, pragma_index_list(t.name, 'main') AS i, pragma_index_xinfo(i.name, 'main') AS c
        LEFT JOIN main.sqlite_schema AS s ON s.type = 'index' AND s.name = i.name
        WHERE i."unique" AND c.key
        ORDER BY t.name, i.seq, c.seqno
        """;

    private const string IndexedSql = $"""
        SELECT DISTINCT t.name, c.name, i.partial
        FROM (SELECT l.name {Tables}) AS t, pragma_index_list(t.name, 'main') AS i, pragma_index_xinfo(i.name, 'main') AS c
        WHERE c.key
        """;

    private const string CollationsSql = $"""
        SELECT DISTINCT t.name, c.coll
        FROM (SELECT l.name {Tables}) AS t, pragma_index_list(t.name, 'main') AS i, pragma_index_xinfo(i.name, 'main') AS c
        WHERE c.coll IS NOT NULL AND upper(c.coll) NOT IN (SELECT upper(name) FROM pragma_collation_list)
        """;

    private const string VirtualTablesSql = """
        SELECT name FROM pragma_table_list AS v WHERE v.schema = 'main' AND v.type = 'virtual' AND EXISTS (
            SELECT 1 FROM pragma_table_list AS s
            WHERE s.schema = 'main' AND s.type = 'shadow' AND substr(s.name, 1, length(v.name) + 1) = v.name || '_')
        """;

    private static readonly string[] RowidNames = ["rowid", "_rowid_", "oid"];

    private readonly List<string> _obstacles = [];

    /// <summary>The tables, numbered by name.</summary>
    internal IReadOnlyList<LoggedTable> LoggedTables { get; private set; } = [];

    /// <summary>Possible unnoticed changes, as sentences.</summary>
    internal IReadOnlyList<string> Obstacles => _obstacles;

    internal static async Task<LoggedSchema> ReadAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var schema = new LoggedSchema();
        foreach (var row in await connection.ReadAsync(VirtualTablesSql, cancellationToken).ConfigureAwait(false))
        {
            schema._obstacles.Add($"The virtual table '{row[0]}' keeps its rows in tables of its own.");
        }

        foreach (var row in await connection.ReadAsync(CollationsSql, cancellationToken).ConfigureAwait(false))
        {
            schema._obstacles.Add($"An index of table '{row[0]}' has the collation '{row[1]}', which only some connections know.");
        }

        var columns = (await connection.ReadAsync(ColumnsSql, cancellationToken).ConfigureAwait(false)).ToLookup(row => (string)row[0]!);
        var indexes = (await connection.ReadAsync(IndexesSql, cancellationToken).ConfigureAwait(false)).ToLookup(row => (string)row[0]!);
        var indexed = (await connection.ReadAsync(IndexedSql, cancellationToken).ConfigureAwait(false)).ToLookup(row => (string)row[0]!);
        var tables = await connection.ReadAsync(TablesSql, cancellationToken).ConfigureAwait(false);
        schema.LoggedTables = [.. tables.Select((row, number) => schema.Read(
            number, (string)row[0]!, hasRowid: (long)row[1]! == 0, [.. columns[(string)row[0]!]], [.. indexes[(string)row[0]!]],
            [.. indexed[(string)row[0]!]]))];
        return schema;
    }

    private LoggedTable Read(
        int number, string name, bool hasRowid, List<object?[]> columnRows, List<object?[]> indexRows, List<object?[]> indexed)
    {
        var columns = columnRows.ConvertAll(row => new LoggedColumn(
            (string)row[1]!, TakesValues: (long)row[2]! == 0, KeyRank: (int)(long)row[3]!, ReplacesNull: (string?)row[4]));
        var indexes = indexRows.GroupBy(row => (string)row[1]!).Select(rows => ReadIndex(name, rows.Key, [.. rows])).OfType<UniqueIndex>().ToList();
        string? rowid = null;
        if (hasRowid)
        {
            rowid = RowidColumn(columnRows, indexes) ?? Array.Find(RowidNames, candidate =>
                !columns.Exists(column => string.Equals(column.Name, candidate, StringComparison.OrdinalIgnoreCase)));
            if (rowid is null)
            {
                _obstacles.Add($"The columns of table '{name}' take all the names of its rowid.");
            }
        }

        return new LoggedTable(number, name, rowid, columns, indexes) { Indexed = IndexedColumns(columns, indexed) };
    }

    /// <summary>The columns on which the table's indexes depend, or null where that cannot be told.</summary>
    private static HashSet<string>? IndexedColumns(List<LoggedColumn> columns, List<object?[]> indexed)
    {
        var names = indexed.Select(row => (string?)row[1]).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var isPlain = indexed.TrueForAll(row => row[1] is not null && (long)row[2]! == 0)
            && columns.TrueForAll(column => column.TakesValues || !names.Contains(column.Name));
        return isPlain ? names : null;
    }

    /// <summary>The column that is the rowid itself: an integer primary key that needs no index.</summary>
    private static string? RowidColumn(List<object?[]> columns, List<UniqueIndex> indexes)
    {
        var key = columns.Where(row => (long)row[3]! > 0).ToList();
        return key.Count == 1 && (string)key[0][5]! == "INTEGER" && !indexes.Exists(index => index.IsPrimaryKey)
            ? SqliteNames.Quote((string)key[0][1]!)
            : null;
    }

    private UniqueIndex? ReadIndex(string table, string name, List<object?[]> rows)
    {
        var isPartial = (long)rows[0][3]! != 0;
        var filter = isPartial ? PartialIndex.Filter((string)rows[0][4]!) : null;
        if (rows.Exists(row => row[5] is null))
        {
            _obstacles.Add($"The unique index '{name}' of table '{table}' is made of an expression, so replaced rows go unnoticed.");
            return null;
        }

        if (isPartial && filter is null)
        {
            _obstacles.Add($"The condition of the unique index '{name}' of table '{table}' cannot be read, so replaced rows go unnoticed.");
            return null;
        }

        return new UniqueIndex(name, (string)rows[0][2]! == "pk", rows.ConvertAll(row => ((string?)row[5], (string)row[6]!)), filter);
    }
}
