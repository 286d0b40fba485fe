using System.Globalization;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>The statements that copy one table's rows aside and bring them back.</summary>
/// <param name="number">The copy's number.</param>
/// <param name="table">The table.</param>
/// <param name="columns">Its columns that take values, in their order.</param>
/// <param name="key">The columns of its primary key, or none.</param>
internal sealed class ShadowTable(
    int number, PostgreSqlTable table, IReadOnlyList<string> columns, IReadOnlyList<string> key)
{
    internal int Number => number;

    internal TableName Name => table.Name;

    internal uint Oid => table.Oid;

    /// <summary>The table's quoted name.</summary>
    internal string Table => table.Sql;

    /// <summary>The quoted columns that take values.</summary>
    internal IReadOnlyList<string> Columns { get; } = [.. columns.Select(PostgreSqlNames.Quote)];

    /// <summary>The columns that take values, as they are called.</summary>
    internal IReadOnlyList<string> ColumnNames => columns;

    /// <summary>The columns of the primary key, or none.</summary>
    internal IReadOnlyList<string> Key => key;

    internal string Copy { get; } = string.Create(CultureInfo.InvariantCulture, $"{PostgreSqlCatalog.BaselineSchema}.t{number}");

    /// <summary>The table's own rows: those of its partitions, but not those of tables that inherit from it.</summary>
    private string Rows => table.IsPartitioned ? table.Sql : $"ONLY {table.Sql}";

    /// <summary>How all rows are read that are not the same on both sides.</summary>
    /// <param name="present">The columns that the table has now.</param>
    /// <returns>The table, or null where its key is gone.</returns>
    internal TouchedTable? Compared(IReadOnlySet<string> present)
    {
        List<string> shared = [.. columns.Where(present.Contains)];
        if (shared.Count == 0 || !key.All(present.Contains))
        {
            return null;
        }

        // As texts, since a column may have another type by now, and some types have no equality.
        string Text(string alias) => $"ROW({string.Join(", ", shared.Select(column => $"{alias}.{PostgreSqlNames.Quote(column)}"))})::text";
        var sameKey = string.Join(" AND ", key.Select(PostgreSqlNames.Quote).Select(column => $"o.{column} = t.{column}"));
        string From(string one, string other) => $"FROM {one} AS t" + (key.Count == 0
            ? string.Empty
            : $" WHERE NOT EXISTS (SELECT 1 FROM {other} AS o WHERE {sameKey} AND {Text("o")} = {Text("t")})");
        return new TouchedTable(table.Name.Schema, table.Name.Name, shared, key, From(Rows, Copy), From(Copy, Rows));
    }

    internal string CreateStatements() => $"""
        CREATE TABLE {Copy} AS SELECT * FROM {Rows};
        CREATE TRIGGER refuse BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {Copy}
            FOR EACH STATEMENT EXECUTE FUNCTION {PostgreSqlCatalog.BaselineSchema}.refuse();
        ANALYZE {Copy};

        """;

    /// <summary>A trigger that notes that rows of these copies' tables may have changed, even where triggers are mostly off.</summary>
    internal static string TriggerStatements(string table, IEnumerable<int> numbers) => $"""
        CREATE TRIGGER {PostgreSqlCatalog.BaselineSchema} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {PostgreSqlCatalog.BaselineSchema}.mark({string.Join(", ", numbers)});
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {PostgreSqlCatalog.BaselineSchema};

        """;

    /// <summary>
    /// Removes what the baseline does not have in just this form, then adds what is missing, so that unique values may have
    /// changed places. Rows are compared byte for byte (<c>*=</c>), as some types have no equality; <c>s.*</c> is the row where a column is named s.
    /// </summary>
    internal string RestoreStatements()
    {
        var list = string.Join(", ", Columns);
        var insert = $"INSERT INTO {table.Sql} ({list}) OVERRIDING SYSTEM VALUE SELECT {list} FROM {Copy} AS s";
        if (Columns.Count == 0 || key.Count == 0)
        {
            return Columns.Count == 0 ? $"DELETE FROM {Rows};\n" : $"DELETE FROM {Rows};\n{insert};\n";
        }

        var sameKey = string.Join(" AND ", key.Select(PostgreSqlNames.Quote).Select(column => $"s.{column} = t.{column}"));
        return $"""
            DELETE FROM {Rows} AS t WHERE NOT EXISTS (SELECT 1 FROM {Copy} AS s WHERE {sameKey} AND (s.*) *= (t.*));
            {insert} WHERE NOT EXISTS (SELECT 1 FROM {Rows} AS t WHERE {sameKey});

            """;
    }
}
