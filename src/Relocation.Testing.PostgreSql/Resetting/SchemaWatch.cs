using System.Globalization;
using Npgsql;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>
/// Notices that a test may have changed the schema, at next to no cost where it has not; then <see cref="SchemaShape"/> decides.
/// </summary>
/// <remarks>
/// A superuser's event triggers leave a mark when something is made, altered or dropped. Others cannot make such triggers: for them each look adds up
/// the numbers of the transactions that wrote the catalogue's rows. They only grow, so no change leaves both their count and their sum.
/// </remarks>
internal sealed class SchemaWatch
{
    /// <summary>Objects with lower numbers are the server's own.</summary>
    internal const string FirstNumber = "16384";

    private const string Schema = PostgreSqlCatalog.BaselineSchema;

    /// <summary>The number of no table in the list of marks, which stands for the schema.</summary>
    private const string SchemaMark = "-1";

    /// <summary>What says nothing of the shape.</summary>
    private const string HarmlessTags = "'COMMENT', 'SECURITY LABEL', 'REFRESH MATERIALIZED VIEW'";

    private const string IsOff = $"pg_catalog.current_setting('{NotedTable.Off}', true) = 'on'";

    private SchemaWatch(bool hasEventTriggers, string createStatements) => (HasEventTriggers, CreateStatements) = (hasEventTriggers, createStatements);

    /// <summary>Whether event triggers leave marks.</summary>
    internal bool HasEventTriggers { get; }

    /// <summary>The statements that make what it needs, after all else is made.</summary>
    internal string CreateStatements { get; }

    /// <summary>What a reset runs after it changed the catalogue itself, in the same transaction; empty where that leaves no trace.</summary>
    internal string SettleStatement => HasEventTriggers ? string.Empty : $"SELECT {Schema}.settle();\n";

    /// <inheritdoc cref="SettleStatement" />
    internal string SettleInFunction => HasEventTriggers ? string.Empty : $"PERFORM {Schema}.settle();";

    internal static async Task<SchemaWatch> MakeAsync(NpgsqlConnection connection, int tables, CancellationToken cancellationToken)
    {
        var rights = await connection.ReadAsync(
            "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user", cancellationToken).ConfigureAwait(false);
        if ((bool)rights[0][0]!)
        {
            return new SchemaWatch(true, SchemaShape.CreateStatements + ByEvents(tables));
        }

        // Our own objects are as many as the user's, and stand between two numbers.
        var ours = await connection.ReadAsync(
            $"SELECT '{Schema}'::regnamespace::oid::bigint, max(oid::bigint) FROM pg_catalog.pg_proc WHERE pronamespace = '{Schema}'::regnamespace",
            cancellationToken).ConfigureAwait(false);
        return new SchemaWatch(false, SchemaShape.CreateStatements + BySums((long)ours[0][0]!, (long)ours[0][1]!, tables));
    }

    /// <summary>
    /// Rows that are rewritten (<c>ALTER COLUMN … TYPE</c>) may come back other than they were without a trigger of theirs, although the column gets
    /// its old type back.
    /// </summary>
    private static string ByEvents(int tables) => $"""
        CREATE FUNCTION {Schema}.noticed() RETURNS text LANGUAGE plpgsql AS $relocation$
        BEGIN
            RETURN CASE WHEN EXISTS (SELECT 1 FROM {Schema}.dirty WHERE number = {SchemaMark}) THEN {Schema}.changes() END;
        END
        $relocation$;
        CREATE FUNCTION {Schema}.require_schema() RETURNS void LANGUAGE plpgsql AS $relocation$
        BEGIN
            DELETE FROM {Schema}.dirty WHERE number = {SchemaMark};
            IF FOUND THEN
                PERFORM {Schema}.require_shape();
            END IF;
        END
        $relocation$;
        CREATE FUNCTION {Schema}.note_schema() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $relocation$
        BEGIN
            IF {IsOff} OR TG_TAG IN ({HarmlessTags}) THEN
                RETURN;
            END IF;
            IF TG_EVENT = 'sql_drop' THEN
                IF NOT EXISTS (SELECT 1 FROM pg_event_trigger_dropped_objects() WHERE NOT is_temporary) THEN
                    RETURN;
                END IF;
            ELSIF NOT EXISTS (SELECT 1 FROM pg_event_trigger_ddl_commands() WHERE schema_name IS DISTINCT FROM 'pg_temp') THEN
                RETURN;
            END IF;
            INSERT INTO {Schema}.dirty VALUES ({SchemaMark}, 'd');
        END
        $relocation$;
        CREATE FUNCTION {Schema}.note_rewriting() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $relocation$
        BEGIN
            IF {IsOff} OR EXISTS (SELECT 1 FROM pg_class WHERE oid = pg_event_trigger_table_rewrite_oid() AND relpersistence = 't') THEN
                RETURN;
            END IF;
            INSERT INTO {Schema}.dirty {AllTables(tables)};
        END
        $relocation$;
        CREATE EVENT TRIGGER {Schema}_made ON ddl_command_end EXECUTE FUNCTION {Schema}.note_schema();
        CREATE EVENT TRIGGER {Schema}_dropped ON sql_drop EXECUTE FUNCTION {Schema}.note_schema();
        CREATE EVENT TRIGGER {Schema}_rewritten ON table_rewrite EXECUTE FUNCTION {Schema}.note_rewriting();
        ALTER EVENT TRIGGER {Schema}_made ENABLE ALWAYS;
        ALTER EVENT TRIGGER {Schema}_dropped ENABLE ALWAYS;
        ALTER EVENT TRIGGER {Schema}_rewritten ENABLE ALWAYS;

        """;

    /// <summary>Tables whose rows stand in other files than before may have been rewritten without a trigger of theirs.</summary>
    private static string BySums(long first, long last, int tables)
    {
        // Numbers that have begun again from the lowest one leave no range.
        var range = string.Create(CultureInfo.InvariantCulture, $"(@ >= {FirstNumber} AND (@ < {first} OR @ > {last}))");
        var numbered = first < last ? range : $"@ >= {FirstNumber}";
        (string Catalogue, string Where)[] parts =
        [
            ("pg_attribute", numbered.Replace("@", "attrelid", StringComparison.Ordinal)),
            .. ((string[])["pg_class", "pg_type", "pg_proc"]).Select(catalogue => (catalogue, numbered.Replace("@", "oid", StringComparison.Ordinal))),
            .. ((string[])["pg_constraint", "pg_trigger", "pg_attrdef", "pg_rewrite", "pg_namespace", "pg_enum", "pg_extension", "pg_policy"])
                .Concat(SchemaShape.OtherCatalogues).Select(catalogue => (catalogue, $"oid >= {FirstNumber}")),
            ("pg_inherits", "true"),
            ("pg_sequence", "true"),
        ];
        var sums = string.Join("\n            UNION ALL ", parts.Select(part =>
            $"SELECT count(*) AS n, sum(age(xmin)) AS ages, {Files(part.Catalogue)} AS files FROM pg_catalog.{part.Catalogue} WHERE {part.Where}"));
        return $"""
            CREATE FUNCTION {Schema}.catalogue(OUT counted bigint, OUT summed bigint, OUT files bigint) LANGUAGE plpgsql AS $relocation$
            BEGIN
                SELECT sum(n), sum(n) * age('3'::xid) - sum(coalesce(ages, 0)), sum(s.files) INTO counted, summed, files FROM (
                {sums}) AS s;
            END
            $relocation$;
            CREATE TABLE {Schema}.known (counted bigint, summed bigint, files bigint);
            CREATE FUNCTION {Schema}.settle() RETURNS void LANGUAGE plpgsql AS $relocation$
            BEGIN
                UPDATE {Schema}.known SET (counted, summed, files) = (SELECT c.counted, c.summed, c.files FROM {Schema}.catalogue() AS c);
            END
            $relocation$;
            CREATE FUNCTION {Schema}.noticed() RETURNS text LANGUAGE plpgsql AS $relocation$
            BEGIN
                RETURN CASE WHEN NOT EXISTS ({Unchanged}) THEN {Schema}.changes() END;
            END
            $relocation$;
            CREATE FUNCTION {Schema}.require_schema() RETURNS void LANGUAGE plpgsql AS $relocation$
            DECLARE
                now record;
            BEGIN
                IF EXISTS ({Unchanged}) THEN
                    RETURN;
                END IF;
                SELECT c.counted, c.summed, c.files INTO now FROM {Schema}.catalogue() AS c;
                IF {Schema}.require_shape() THEN
                    SELECT c.counted, c.summed, c.files INTO now FROM {Schema}.catalogue() AS c;
                END IF;
                INSERT INTO {Schema}.dirty SELECT n.number, n.kind FROM ({AllTables(tables)}) AS n (number, kind)
                    WHERE now.files <> (SELECT k.files FROM {Schema}.known AS k);
                UPDATE {Schema}.known SET counted = now.counted, summed = now.summed, files = now.files;
            END
            $relocation$;
            INSERT INTO {Schema}.known SELECT c.counted, c.summed, c.files FROM {Schema}.catalogue() AS c;

            """;
    }

    private const string Unchanged = $"SELECT 1 FROM {Schema}.catalogue() AS c JOIN {Schema}.known AS k ON k.counted = c.counted AND k.summed = c.summed";

    private static string Files(string catalogue) =>
        catalogue == "pg_class" ? "coalesce(sum(relfilenode::bigint) FILTER (WHERE relkind = 'r' AND relpersistence <> 't'), 0)" : "0";

    private static string AllTables(int tables) => string.Create(
        CultureInfo.InvariantCulture, $"SELECT number, 't'::\"char\" FROM generate_series(0, {tables - 1}) AS number");
}
