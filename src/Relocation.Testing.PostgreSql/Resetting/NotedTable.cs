using System.Globalization;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>The triggers that note which rows of a table are touched, and the function that puts these rows back.</summary>
/// <remarks>
/// Only keys are noted, never values: then it does not matter that triggers on statements run after those on rows, which may
/// touch the same rows again.
/// </remarks>
/// <param name="copy">The copy of the table's rows.</param>
/// <param name="key">The columns of its primary key; none where rows are not noted, but only that there were any.</param>
internal sealed class NotedTable(ShadowTable copy, IReadOnlyList<KeyColumn> key)
{
    private const string Schema = PostgreSqlCatalog.BaselineSchema;

    /// <summary>Resets write too, and say so by this setting.</summary>
    internal const string Off = Schema + ".off";

    private const string WhenOn = $"WHEN (pg_catalog.current_setting('{Off}', true) IS DISTINCT FROM 'on')";

    private readonly string _keys = $"{Schema}.k{Text(copy.Number)}";
    private readonly string _list = string.Join(", ", key.Select(column => column.Name));

    internal ShadowTable Copy => copy;

    internal bool NotesRows => key.Count > 0;

    internal string CreateStatements()
    {
        var copyStatements = copy.CreateStatements();
        if (!NotesRows)
        {
            return copyStatements;
        }

        var number = Text(copy.Number);
        return $"""
            {copyStatements}CREATE UNIQUE INDEX ON {copy.Copy} ({_list});
            CREATE TABLE {_keys} AS SELECT {_list} FROM {copy.Copy} WITH NO DATA;
            ANALYZE {_keys};
            CREATE FUNCTION {Schema}.note{number}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $relocation$
            #variable_conflict use_column
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    INSERT INTO {_keys} SELECT {_list} FROM new_rows;
                ELSIF TG_OP = 'DELETE' THEN
                    INSERT INTO {_keys} SELECT {_list} FROM old_rows;
                ELSE
                    INSERT INTO {_keys} SELECT {_list} FROM old_rows UNION ALL SELECT {_list} FROM new_rows;
                END IF;
                IF FOUND THEN
                    INSERT INTO {Schema}.dirty VALUES ({number}, 'r');
                END IF;
                RETURN NULL;
            END
            $relocation$;
            CREATE TRIGGER {Schema}_i AFTER INSERT ON {copy.Table} REFERENCING NEW TABLE AS new_rows
                FOR EACH STATEMENT {WhenOn} EXECUTE FUNCTION {Schema}.note{number}();
            CREATE TRIGGER {Schema}_u AFTER UPDATE ON {copy.Table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                FOR EACH STATEMENT {WhenOn} EXECUTE FUNCTION {Schema}.note{number}();
            CREATE TRIGGER {Schema}_d AFTER DELETE ON {copy.Table} REFERENCING OLD TABLE AS old_rows
                FOR EACH STATEMENT {WhenOn} EXECUTE FUNCTION {Schema}.note{number}();
            CREATE TRIGGER {Schema}_t AFTER TRUNCATE ON {copy.Table}
                FOR EACH STATEMENT {WhenOn} EXECUTE FUNCTION {Schema}.mark({number});
            ALTER TABLE {copy.Table} ENABLE ALWAYS TRIGGER {Schema}_i, ENABLE ALWAYS TRIGGER {Schema}_u,
                ENABLE ALWAYS TRIGGER {Schema}_d, ENABLE ALWAYS TRIGGER {Schema}_t;

            """;
    }

    /// <summary>
    /// The function that puts rows back: those whose keys were noted, or all. A few rows are found by their keys, whatever the
    /// statistics say; all of them are compared with the copy by joining, planned anew each time.
    /// </summary>
    internal string CreateFunction()
    {
        var columns = string.Join(", ", copy.Columns.Select(column => $"s.{column}"));
        var noted = $"(SELECT DISTINCT {_list} FROM {_keys}) AS k";
        var rows = NotesRows
            ? $"""
                    DELETE FROM ONLY {copy.Table} AS t USING {noted} WHERE {Same("t", "k")};
                    INSERT INTO {copy.Table} ({string.Join(", ", copy.Columns)}) OVERRIDING SYSTEM VALUE
                        SELECT {columns} FROM {noted}, {copy.Copy} AS s WHERE {Same("s", "k")};
                """
            : "        NULL;";
        return $"""
            CREATE FUNCTION {Schema}.restore{Text(copy.Number)}(whole boolean) RETURNS void LANGUAGE plpgsql AS $relocation$
            #variable_conflict use_column
            BEGIN
                IF whole THEN
                    PERFORM pg_catalog.set_config('enable_hashjoin', 'on', true), pg_catalog.set_config('enable_mergejoin', 'on', true);
                    EXECUTE {PostgreSqlCatalog.Literal(copy.RestoreStatements())};
                    PERFORM pg_catalog.set_config('enable_hashjoin', 'off', true), pg_catalog.set_config('enable_mergejoin', 'off', true);
                ELSE
            {rows}
                END IF;
                {(NotesRows ? $"DELETE FROM {_keys};" : string.Empty)}
            END
            $relocation$;

            """;
    }

    /// <summary>How the rows are read whose keys were noted.</summary>
    internal TouchedTable Touched()
    {
        var noted = $"FROM (SELECT DISTINCT {_list} FROM {_keys}) AS k";
        return new TouchedTable(
            copy.Name.Schema, copy.Name.Name, copy.ColumnNames, copy.Key,
            $"{noted}, ONLY {copy.Table} AS t WHERE {Same("t", "k")}", $"{noted}, {copy.Copy} AS t WHERE {Same("t", "k")}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Same(string left, string right) =>
        string.Join(" AND ", key.Select(column => $"{left}.{column.Name} {column.EqualTo} {right}.{column.Name}"));
}
