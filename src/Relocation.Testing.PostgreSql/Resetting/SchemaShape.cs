using Relocation.Testing.Importing.Resuming;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>
/// A fingerprint of everything that a schema is made of, one line an object: kept with the baseline, and taken again to see what has changed.
/// </summary>
/// <remarks>
/// Lines hold what defines an object and not its number, so that what was removed and made again is the same. Numbers, sizes and hints of the server
/// (whether a table ever had an index, where its pages are) are no part of it, nor are comments, temporary objects and what belongs to extensions.
/// </remarks>
internal static class SchemaShape
{
    private const string Schema = PostgreSqlCatalog.BaselineSchema;

    /// <summary>The largest number of changes that are named.</summary>
    private const string MostNamed = "8";

    /// <summary>The tables in which resumable imports remember what they have done: those that a test's import made go with its rows.</summary>
    private const string Ledger = $@"(^|\.)({ImportLedger.Imports}|{ImportLedger.Chunks})$";

    /// <summary>Rare kinds of objects, which are taken as the catalogue has them.</summary>
    internal static readonly string[] OtherCatalogues =
    [
        "pg_cast", "pg_collation", "pg_conversion", "pg_default_acl", "pg_event_trigger", "pg_foreign_data_wrapper", "pg_foreign_server", "pg_language",
        "pg_opclass", "pg_operator", "pg_opfamily", "pg_publication", "pg_statistic_ext", "pg_ts_config", "pg_ts_dict",
    ];

    /// <summary>Statements that make the functions, and keep what they find now as the baseline's.</summary>
    internal static string CreateStatements { get; } = $"""
        CREATE FUNCTION {Schema}.shape_now() RETURNS TABLE (kind text, name text, part_of text, definition text)
        LANGUAGE sql STABLE SET search_path = pg_catalog SET enable_hashjoin = on SET enable_mergejoin = on AS $relocation$
        WITH ours AS MATERIALIZED (
            SELECT n.oid, n.nspname, n.nspowner, n.nspacl FROM pg_namespace n
            WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', '{Schema}')
        ), members AS MATERIALIZED (
            SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
        ), relations AS MATERIALIZED (
            SELECT c.*, format('%I.%I', n.nspname, c.relname) AS shown,
            CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
                WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' ELSE 'table' END AS kind
            FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
            WHERE c.relpersistence <> 't' AND c.oid NOT IN (SELECT objid FROM members WHERE classid = 'pg_class'::regclass)
        ), triggers AS MATERIALIZED (
            SELECT tgrelid, count(*) FILTER (WHERE starts_with(tgname::text, '{Schema}')) AS ours,
            count(*) FILTER (WHERE tgisinternal AND tgenabled <> 'O') AS disabled
            FROM pg_trigger GROUP BY tgrelid
        )
        SELECT 'schema', quote_ident(nspname), NULL, concat_ws(' ', nspowner, nspacl::text) FROM ours
        UNION ALL
        SELECT r.kind, r.shown, CASE WHEN r.relkind IN ('i', 'I') THEN (SELECT i.indrelid::regclass::text FROM pg_index i WHERE i.indexrelid = r.oid) END,
            concat_ws(' ', r.relowner, r.relacl::text, r.reloptions::text, r.relpersistence, r.relkind, r.relrowsecurity, r.relforcerowsecurity,
                r.relispartition, r.relreplident,
                pg_get_expr(r.relpartbound, r.oid), t.ours, t.disabled,
                CASE WHEN r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid)
                 WHEN r.relkind IN ('i', 'I') THEN pg_get_indexdef(r.oid)
                 WHEN r.relkind = 'p' THEN pg_get_partkeydef(r.oid)
                     WHEN r.relkind = 'S' THEN (SELECT s::text FROM (SELECT seqtypid, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle FROM pg_sequence WHERE seqrelid = r.oid) s) END,
                (SELECT string_agg(h.inhparent::regclass::text, ',' ORDER BY h.inhseqno) FROM pg_inherits h WHERE h.inhrelid = r.oid))
        FROM relations r LEFT JOIN triggers t ON t.tgrelid = r.oid
        UNION ALL
        SELECT 'column', format('%s.%I', r.shown, a.attname), r.shown,
            concat_ws(' ', a.attnum, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated,
                a.attcollation, a.attstorage, a.attoptions::text, a.attacl::text, a.attislocal, a.attinhcount, pg_get_expr(d.adbin, d.adrelid))
        FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE r.relkind IN ('r', 'p', 'f', 'c')
        UNION ALL
        SELECT 'constraint', format('%I on %s', k.conname, r.shown), r.shown, concat_ws(' ', pg_get_constraintdef(k.oid), k.convalidated, k.conislocal)
        FROM pg_constraint k JOIN relations r ON r.oid = k.conrelid
        UNION ALL
        SELECT 'trigger', format('%I on %s', g.tgname, r.shown), r.shown, concat_ws(' ', g.tgenabled, pg_get_triggerdef(g.oid))
        FROM pg_trigger g JOIN relations r ON r.oid = g.tgrelid WHERE NOT g.tgisinternal AND NOT starts_with(g.tgname::text, '{Schema}')
        UNION ALL
        SELECT 'rule', format('%I on %s', w.rulename, r.shown), r.shown, concat_ws(' ', w.ev_enabled, pg_get_ruledef(w.oid))
        FROM pg_rewrite w JOIN relations r ON r.oid = w.ev_class WHERE w.rulename <> '_RETURN'
        UNION ALL
        SELECT 'policy', format('%I on %s', p.polname, r.shown), r.shown,
            concat_ws(' ', p.polcmd, p.polpermissive, p.polroles::text, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
        FROM pg_policy p JOIN relations r ON r.oid = p.polrelid
        UNION ALL
        SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, p.oid::regprocedure::text, NULL,
            concat_ws(' ', p.proowner, p.proacl::text, CASE WHEN p.prokind = 'a' THEN (SELECT a::text FROM pg_aggregate a WHERE a.aggfnoid = p.oid) ELSE pg_get_functiondef(p.oid) END)
        FROM pg_proc p JOIN ours n ON n.oid = p.pronamespace WHERE p.oid NOT IN (SELECT objid FROM members WHERE classid = 'pg_proc'::regclass)
        UNION ALL
        SELECT CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, format('%I.%I', n.nspname, t.typname), NULL,
            concat_ws(' ', t.typowner, t.typacl::text, t.typtype, t.typnotnull, t.typdefault, t.typbasetype, t.typtypmod, t.typcollation,
                (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
                (SELECT string_agg(format('%I %s', k.conname, pg_get_constraintdef(k.oid)), ',' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid),
                (SELECT r.rngsubtype FROM pg_range r WHERE r.rngtypid = t.oid))
        FROM pg_type t JOIN ours n ON n.oid = t.typnamespace
        WHERE t.typtype NOT IN ('c', 'p') AND t.typelem = 0 AND t.oid NOT IN (SELECT objid FROM members WHERE classid = 'pg_type'::regclass)
        UNION ALL
        SELECT 'extension', quote_ident(e.extname), NULL, concat_ws(' ', e.extversion, e.extnamespace::regnamespace) FROM pg_extension e
        UNION ALL
        SELECT s.type, s.identity, NULL, o.definition
        FROM ({Others}) AS o, LATERAL pg_identify_object(o.class, o.oid, 0) AS s
        WHERE (o.class, o.oid) NOT IN (SELECT classid, objid FROM members)
        $relocation$;
        CREATE TABLE {Schema}.shape AS
            SELECT kind, name, part_of, pg_catalog.hashtextextended(definition, 0) AS definition FROM {Schema}.shape_now();
        CREATE FUNCTION {Schema}.changes() RETURNS text
        LANGUAGE sql STABLE SET search_path = pg_catalog SET enable_hashjoin = on SET enable_mergejoin = on AS $relocation$
        WITH differing AS MATERIALIZED (
            SELECT CASE WHEN n.name IS NULL THEN 'dropped' WHEN b.name IS NULL THEN 'added' ELSE 'altered' END AS what,
                coalesce(n.kind, b.kind) AS kind, coalesce(n.name, b.name) AS name, coalesce(n.part_of, b.part_of) AS part_of
            FROM {Schema}.shape_now() AS n FULL JOIN {Schema}.shape AS b ON b.kind = n.kind AND b.name = n.name
            WHERE hashtextextended(n.definition, 0) IS DISTINCT FROM b.definition
                AND NOT (b.name IS NULL AND coalesce(n.part_of, n.name) ~ '{Ledger}')
        ), named AS MATERIALIZED (
            SELECT d.*, row_number() OVER (ORDER BY d.part_of IS NOT NULL, d.name, d.kind) AS place, count(*) OVER () AS total FROM differing AS d
            WHERE NOT EXISTS (SELECT 1 FROM differing AS whole WHERE whole.name = d.part_of AND whole.part_of IS NULL AND whole.what <> 'altered')
        )
        SELECT string_agg(format('%s %s %s', what, kind, name), ', ' ORDER BY place)
            || CASE WHEN max(total) > {MostNamed} THEN format(' and %s more', max(total) - {MostNamed}) ELSE '' END
        FROM named WHERE place <= {MostNamed}
        $relocation$;
        CREATE FUNCTION {Schema}.require_shape() RETURNS boolean LANGUAGE plpgsql AS $relocation$
        DECLARE
            ledger record;
            found_changes text;
            has_dropped boolean := false;
        BEGIN
            FOR ledger IN
                SELECT c.oid::regclass::text AS name FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
                WHERE c.relname ~ '{Ledger}' AND c.relkind = 'r' AND c.relpersistence <> 't'
                    AND NOT EXISTS (SELECT 1 FROM {Schema}.shape AS b WHERE b.kind = 'table' AND b.name = format('%I.%I', n.nspname, c.relname))
            LOOP
                EXECUTE 'DROP TABLE ' || ledger.name;
                has_dropped := true;
            END LOOP;
            found_changes := {Schema}.changes();
            IF found_changes IS NOT NULL THEN
                RAISE EXCEPTION USING ERRCODE = '{NotedSchema.SchemaChanged}', MESSAGE = found_changes;
            END IF;
            RETURN has_dropped;
        END
        $relocation$;

        """;

    /// <summary>Our own event triggers are none of the user's objects. A row names others by their numbers; its own one is left out.</summary>
    private static string Others => string.Join(" UNION ALL ", OtherCatalogues.Select(catalogue =>
        $"SELECT '{catalogue}'::regclass AS class, oid, (to_jsonb(x) - 'oid')::text AS definition FROM {catalogue} AS x WHERE oid >= {SchemaWatch.FirstNumber}"
        + (catalogue == "pg_event_trigger" ? $" AND NOT starts_with(evtname::text, '{Schema}')" : string.Empty)));
}
