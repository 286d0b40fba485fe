using Microsoft.Data.Sqlite;
using Relocation.Testing.Resetting;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>The tables of a database, and how each is emptied.</summary>
internal sealed class SqliteCatalog
{
    /// <summary>
    /// Shadow tables belong to a virtual table and are emptied with it; SQLite's own tables describe the others.
    /// </summary>
    private const string TablesSql = """
        SELECT l.name, l.type, s.sql,
               EXISTS (SELECT 1 FROM pragma_table_list AS c WHERE c.schema = 'main' AND c.type = 'shadow' AND c.name = l.name || '_content'),
               EXISTS (SELECT 1 FROM pragma_table_list AS o WHERE o.schema = 'main' AND o.type = 'shadow' AND o.name LIKE replace(l.name, '_', '\_') || '\_%' ESCAPE '\')
        FROM pragma_table_list AS l JOIN main.sqlite_schema AS s ON s.type = 'table' AND s.name = l.name
        WHERE l.schema = 'main' AND l.type IN ('table', 'virtual') AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\'
              AND l.name NOT LIKE '\_\_relocation\_%' ESCAPE '\'
        """;

    private const string LinksSql = """
        SELECT l.name, coalesce((SELECT t.name FROM pragma_table_list AS t WHERE t.schema = 'main' AND lower(t.name) = lower(k."table")), k."table"),
               group_concat(k."from", ', ' ORDER BY k.seq)
        FROM pragma_table_list AS l, pragma_foreign_key_list(l.name) AS k
        WHERE l.schema = 'main' AND l.type = 'table'
        GROUP BY l.name, k.id
        """;

    private readonly Dictionary<string, string> _statements = [];

    /// <summary>All tables that hold rows of their own.</summary>
    internal IReadOnlyCollection<TableName> Tables => [.. _statements.Keys.Select(name => new TableName(null, name))];

    /// <summary>All foreign keys.</summary>
    internal IReadOnlyList<TableLink> Links { get; private set; } = [];

    /// <summary>Whether any table uses AUTOINCREMENT: only then is there a table of counters.</summary>
    internal bool HasCounters { get; private set; }

    /// <summary>Whether triggers record touched rows, for <see cref="SqliteUndoLog"/>.</summary>
    internal bool HasUndoLog { get; private set; }

    internal static async Task<SqliteCatalog> ReadAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var catalog = new SqliteCatalog();
        foreach (var row in await connection.ReadAsync(TablesSql, cancellationToken).ConfigureAwait(false))
        {
            var name = (string)row[0]!;
            var statement = (string)row[1]! == "virtual"
                ? OfVirtualTable(name, (string)row[2]!, hasContent: (long)row[3]! != 0, hasShadows: (long)row[4]! != 0)
                : $"DELETE FROM {SqliteNames.Quote(name)};";
            if (statement is not null)
            {
                catalog._statements.Add(name, statement);
            }
        }

        var links = await connection.ReadAsync(LinksSql, cancellationToken).ConfigureAwait(false);
        catalog.Links = [.. links.Select(row => new TableLink(
            new TableName(null, (string)row[0]!), new TableName(null, (string)row[1]!), $"the foreign key on '{row[2]}'"))];
        var ours = await connection.ReadAsync(
            $"SELECT name FROM main.sqlite_schema WHERE name IN ('sqlite_sequence', '{TouchLog.Table}')", cancellationToken).ConfigureAwait(false);
        catalog.HasCounters = ours.Exists(row => (string)row[0]! == "sqlite_sequence");
        catalog.HasUndoLog = ours.Exists(row => (string)row[0]! == TouchLog.Table);
        return catalog;
    }

    /// <summary>The statement that empties a table.</summary>
    internal string DeleteStatement(string table) => _statements[table];

    /// <summary>
    /// A virtual table without shadow tables shows data that is stored elsewhere, and is skipped. A full-text table with external content
    /// cannot delete rows that no longer exist there, so it is cleared or rebuilt.
    /// </summary>
    private static string? OfVirtualTable(string name, string sql, bool hasContent, bool hasShadows)
    {
        if (!hasShadows)
        {
            return null;
        }

        var quoted = SqliteNames.Quote(name);
        return SqliteVirtualTable.Module(sql) switch
        {
            "fts5" when !hasContent => $"INSERT INTO {quoted} ({quoted}) VALUES ('delete-all');",
            "fts4" when !hasContent => $"INSERT INTO {quoted} ({quoted}) VALUES ('rebuild');",
            _ => $"DELETE FROM {quoted};",
        };
    }
}
