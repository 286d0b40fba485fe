using System.Globalization;
using Npgsql;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>The objects that <see cref="PostgreSqlUndoLog"/> adds to a database, and the facts that it needs.</summary>
internal sealed class NotedSchema
{
    private const string Schema = PostgreSqlCatalog.BaselineSchema;

    /// <summary>
    /// Marks are only added, so that serializable transactions of a test never conflict over them. They are made with the
    /// owner's rights, as a test may write under another role. The copies refuse whoever empties all tables of a database.
    /// A mark's kind: some rows were noted ('r'), any may have changed ('t'), the table was emptied by a reset ('e').
    /// </summary>
    private const string SchemaStatements = $"""
        SET LOCAL lock_timeout = '10s';
        SET LOCAL {NotedTable.Off} = 'on';
        {RowSecurity.Off};
        DROP SCHEMA IF EXISTS {Schema} CASCADE;
        CREATE SCHEMA {Schema};
        CREATE TABLE {Schema}.dirty (number int NOT NULL, kind "char" NOT NULL);
        CREATE FUNCTION {Schema}.mark() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $relocation$
        BEGIN
            INSERT INTO {Schema}.dirty SELECT argument::int, 't' FROM unnest(TG_ARGV) AS argument;
            RETURN NULL;
        END
        $relocation$;
        CREATE FUNCTION {Schema}.refuse() RETURNS trigger LANGUAGE plpgsql AS $relocation$
        BEGIN
            RAISE EXCEPTION 'Schema {Schema} holds the baseline of a test database. Leave it out, for example with SchemasToExclude.';
        END
        $relocation$;
        CREATE TRIGGER refuse BEFORE TRUNCATE ON {Schema}.dirty FOR EACH STATEMENT EXECUTE FUNCTION {Schema}.refuse();

        """;

    /// <summary>
    /// The columns of primary keys, each with the operator that its index takes for equality: a B-tree has a number for that, a GiST index (WITHOUT
    /// OVERLAPS) has none that all operator classes share. A key of which that is not known for all columns is none.
    /// </summary>
    private const string KeysSql = """
        SELECT indrelid, attname, operator FROM (
        SELECT i.indrelid, a.attname, format('OPERATOR(%I.%s)', n.nspname, o.oprname) AS operator, k.rank,
               count(*) OVER (PARTITION BY i.indexrelid) = i.indnkeyatts AS is_whole
        FROM pg_catalog.pg_index i
        CROSS JOIN LATERAL unnest(i.indkey::int2[], i.indclass::oid[]) WITH ORDINALITY AS k (attnum, opclass, rank)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        JOIN pg_catalog.pg_opclass c ON c.oid = k.opclass
        JOIN pg_catalog.pg_amop m ON m.amopfamily = c.opcfamily AND m.amoplefttype = c.opcintype AND m.amoprighttype = c.opcintype AND m.amoppurpose = 's'
        JOIN pg_catalog.pg_operator o ON o.oid = m.amopopr JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
        WHERE i.indisprimary AND CASE WHEN c.opcmethod = 403 THEN m.amopstrategy = 3 ELSE o.oprname = '=' END) AS keys
        WHERE is_whole
        ORDER BY indrelid, rank
        """;

    private const string OurTriggers = $"NOT tgisinternal AND tgname::text LIKE '{Schema}%'";

    /// <summary>The SQLSTATE of the error that lists what has changed in the schema.</summary>
    internal const string SchemaChanged = "RB001";

    /// <summary>Triggers that run although the session that resets plays a replica, where ordinary ones do not.</summary>
    private const string StubbornTriggersSql = $"""
        SELECT 1 FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
        WHERE NOT g.tgisinternal AND g.tgenabled IN ('A', 'R') AND g.tgname::text NOT LIKE '{Schema}%' AND c.relnamespace <> '{Schema}'::regnamespace
        """;

    /// <summary>
    /// What has changed in the schema, or null; whether a trigger of ours is off; where tables without a schema's name are; and on a line each the
    /// tables that were touched, and whether any of their rows may have been.
    /// </summary>
    internal const string TouchedSql = $"""
        SELECT s.changes, s.is_off, s.schema, d.number, d.is_whole
        FROM (SELECT {Schema}.noticed() AS changes, current_schema()::text AS schema,
                EXISTS (SELECT 1 FROM pg_catalog.pg_trigger WHERE {OurTriggers} AND tgenabled <> 'A') AS is_off) AS s
        LEFT JOIN (SELECT number, bool_or(kind <> 'r') AS is_whole FROM {Schema}.dirty WHERE number >= 0 GROUP BY number) AS d ON true
        ORDER BY d.number
        """;

    /// <summary>All tables but partitions, by number.</summary>
    internal required IReadOnlyList<NotedTable> Tables { get; init; }

    internal required PostgreSqlCatalog Catalog { get; init; }

    /// <summary>The tables that hold rows in the baseline.</summary>
    internal required IReadOnlySet<int> Filled { get; init; }

    /// <summary>Whether the user has triggers that run in every session.</summary>
    internal required bool HasStubbornTriggers { get; init; }

    /// <summary>How changes of the schema are noticed.</summary>
    internal required SchemaWatch Watch { get; init; }

    /// <summary>Creates copies, triggers and functions, in the connection's transaction.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="notesRows">Whether rows are noted, not just tables.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static async Task<NotedSchema> CreateAsync(
        NpgsqlConnection connection, bool notesRows, CancellationToken cancellationToken)
    {
        var catalog = await PostgreSqlCatalog.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        var copies = await ShadowTables.ReadAsync(connection, catalog, cancellationToken).ConfigureAwait(false);
        var keys = (await connection.ReadAsync(KeysSql, cancellationToken).ConfigureAwait(false)).ToLookup(
            row => (uint)row[0]!, row => new KeyColumn(PostgreSqlNames.Quote((string)row[1]!), (string)row[2]!));
        var related = catalog.Links.Where(link => link.IsInheritance).SelectMany(link => (TableName[])[link.From, link.To]).ToHashSet();
        List<NotedTable> tables = [.. copies.Select(copy => new NotedTable(
            copy, notesRows && !related.Contains(copy.Name) ? [.. keys[copy.Oid]] : []))];
        var noted = tables.Where(table => table.NotesRows).Select(table => table.Copy.Name).ToHashSet();
        var views = PostgreSqlCatalog.RefreshStatements(catalog.MaterializedViews);
        await connection.ExecuteAsync(
            SchemaStatements + string.Concat(tables.Select(table => table.CreateStatements()))
            + ShadowTables.TriggerStatements(catalog, copies, name => !noted.Contains(name)) + views,
            cancellationToken).ConfigureAwait(false);

        var counters = await CounterStatements.ReadAsync(connection, catalog, cancellationToken).ConfigureAwait(false);
        var triggers = await connection.ReadAsync(
            $"SELECT count(*) FROM pg_catalog.pg_trigger WHERE {OurTriggers}", cancellationToken).ConfigureAwait(false);
        var restoreRows = string.Concat(tables.Select(table => table.CreateFunction()));
        await connection.ExecuteAsync(
            restoreRows + ReadyFunction((long)triggers[0][0]!, tables.Count) + RestoreFunctions(views, catalog, counters), cancellationToken)
            .ConfigureAwait(false);
        var watch = await SchemaWatch.MakeAsync(connection, tables.Count, cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(watch.CreateStatements, cancellationToken).ConfigureAwait(false);
        var stubborn = await connection.ReadAsync($"{StubbornTriggersSql} LIMIT 1", cancellationToken).ConfigureAwait(false);
        return new NotedSchema
        {
            Tables = tables,
            Catalog = catalog,
            Filled = await ReadFilledAsync(connection, tables, cancellationToken).ConfigureAwait(false),
            HasStubbornTriggers = stubborn.Count > 0,
            Watch = watch,
        };
    }

    /// <summary>
    /// Whether the database can be put back now: nobody else writes. A changed schema is an error. Whoever switched all triggers of a table off and on
    /// again left ours off or ordinary: then nobody knows what happened.
    /// </summary>
    private static string ReadyFunction(long triggers, int tables) => string.Create(CultureInfo.InvariantCulture, $"""
        CREATE FUNCTION {Schema}.ready() RETURNS boolean LANGUAGE plpgsql AS $relocation$
        DECLARE
            found_trigger record;
        BEGIN
            IF {OtherSession.OthersWrite} THEN
                RETURN false;
            END IF;
            PERFORM {Schema}.require_schema();
            IF (SELECT count(*) FROM pg_catalog.pg_trigger WHERE {OurTriggers} AND tgenabled = 'A') <> {triggers} THEN
                INSERT INTO {Schema}.dirty SELECT number, 't' FROM generate_series(0, {tables - 1}) AS number;
                FOR found_trigger IN SELECT tgrelid::regclass::text AS relation, tgname FROM pg_catalog.pg_trigger WHERE {OurTriggers} AND tgenabled <> 'A' LOOP
                    EXECUTE 'ALTER TABLE ' || found_trigger.relation || ' ENABLE ALWAYS TRIGGER ' || quote_ident(found_trigger.tgname);
                END LOOP;
            END IF;
            RETURN true;
        END
        $relocation$;

        """);

    /// <summary>Counters are not part of the transaction, so they come when nothing else can fail.</summary>
    private static string RestoreFunctions(
        string views, PostgreSqlCatalog catalog, IEnumerable<(PostgreSqlSequence Sequence, long Value, bool IsCalled)> counters) => $"""
        CREATE FUNCTION {Schema}.restore_rows() RETURNS void LANGUAGE plpgsql AS $relocation$
        DECLARE
            mark record;
        BEGIN
            FOR mark IN SELECT number, bool_or(kind <> 'r') AS whole FROM {Schema}.dirty GROUP BY number LOOP
                EXECUTE 'SELECT {Schema}.restore' || mark.number || '($1)' USING mark.whole;
            END LOOP;
            IF FOUND THEN
                DELETE FROM {Schema}.dirty;
                {views}
            END IF;
            {CounterStatements.Restarts(catalog.Sequences)}
            {string.Concat(CounterStatements.Queries(counters).Select(query => $"PERFORM {query};\n"))}
        END
        $relocation$;
        CREATE FUNCTION {Schema}.restore() RETURNS boolean LANGUAGE plpgsql AS $relocation$
        BEGIN
            IF NOT {Schema}.ready() THEN
                RETURN false;
            END IF;
            PERFORM {Schema}.restore_rows();
            RETURN true;
        END
        $relocation$;

        """;

    private static async Task<IReadOnlySet<int>> ReadFilledAsync(
        NpgsqlConnection connection, List<NotedTable> tables, CancellationToken cancellationToken)
    {
        if (tables.Count == 0)
        {
            return new HashSet<int>();
        }

        var filled = await connection.ReadAsync(
            string.Join(" UNION ALL ", tables.Select(table =>
                string.Create(CultureInfo.InvariantCulture, $"SELECT {table.Copy.Number} WHERE EXISTS (SELECT 1 FROM {table.Copy.Copy})"))),
            cancellationToken).ConfigureAwait(false);
        return filled.Select(row => (int)row[0]!).ToHashSet();
    }
}
