using Npgsql;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>Which tables are copied, and which of them a statement on a table may change.</summary>
internal static class ShadowTables
{
    private const string ColumnsSql = """
        SELECT a.attrelid, a.attname, a.attgenerated = '',
               EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey))
        FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
        WHERE a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attrelid, a.attnum
        """;

    /// <summary>A partition's rows are copied with those of the whole.</summary>
    internal static async Task<IReadOnlyList<ShadowTable>> ReadAsync(
        NpgsqlConnection connection, PostgreSqlCatalog catalog, CancellationToken cancellationToken)
    {
        var columns = (await connection.ReadAsync(ColumnsSql, cancellationToken).ConfigureAwait(false))
            .ToLookup(row => (uint)row[0]!, row => (Name: (string)row[1]!, TakesValues: (bool)row[2]!, IsKey: (bool)row[3]!));
        return [.. catalog.Tables.Where(table => !table.IsPartition).Select((table, number) => new ShadowTable(
            number,
            table,
            [.. columns[table.Oid].Where(column => column.TakesValues).Select(column => column.Name)],
            [.. columns[table.Oid].Where(column => column.IsKey).Select(column => column.Name)]))];
    }

    /// <summary>
    /// A statement on a table may change the rows of those that inherit from it, and one on a partition changes the whole's,
    /// yet only the triggers of the table that it names run.
    /// </summary>
    internal static string TriggerStatements(
        PostgreSqlCatalog catalog, IReadOnlyList<ShadowTable> tables, Func<TableName, bool> isMarked)
    {
        var numbers = tables.ToDictionary(table => table.Name, table => table.Number);
        var inheritance = catalog.Links.Where(link => link.IsInheritance).ToList();
        var below = inheritance.ToLookup(link => link.To, link => link.From);
        var above = inheritance.ToLookup(link => link.From, link => link.To);
        return string.Concat(catalog.Tables.Where(table => isMarked(table.Name)).Select(table =>
        {
            var touched = Reach(table.Name, below).Concat(table.IsPartition ? Reach(table.Name, above) : [])
                .Where(numbers.ContainsKey).Select(name => numbers[name]).Distinct().Order();
            return ShadowTable.TriggerStatements(table.Sql, touched);
        }));
    }

    private static IEnumerable<TableName> Reach(TableName from, ILookup<TableName, TableName> next) =>
        next[from].SelectMany(name => Reach(name, next)).Prepend(from);
}
