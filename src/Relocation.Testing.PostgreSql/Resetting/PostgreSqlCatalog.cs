using Npgsql;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>What tables, foreign keys, key counters and materialized views a database has.</summary>
internal sealed class PostgreSqlCatalog
{
    /// <summary>The schema in which the baseline is kept, and what the names of its triggers begin with.</summary>
    internal const string BaselineSchema = "relocation_baseline";

    /// <summary>Tables of extensions belong to the server, not to the test. A trigger's type has bit 3 set when it is about deleting.</summary>
    private const string TablesSql = $"""
        SELECT c.oid, n.nspname, c.relname, c.relkind = 'p', c.relispartition,
               NOT c.relhasrules AND NOT c.relrowsecurity AND NOT EXISTS (
                   SELECT 1 FROM pg_catalog.pg_trigger g
                   WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND NOT pg_catalog.starts_with(g.tgname::text, '{BaselineSchema}') AND g.tgtype & 8 <> 0),
               coalesce(truncating.disable, ''), coalesce(truncating.enable, '')
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN ({TruncateTriggers}) truncating ON truncating.tgrelid = c.oid
        WHERE c.relkind IN ('r', 'p') AND {Ours}
        ORDER BY c.oid
        """;

    /// <summary>
    /// By table, the user's triggers that step in when it is truncated: bit 5 of their type is set. Few databases have any, so they are looked for
    /// once and not for each table.
    /// </summary>
    private const string TruncateTriggers = $"""
        SELECT g.tgrelid, string_agg(format('ALTER TABLE %I.%I DISABLE TRIGGER %I;', gn.nspname, gc.relname, g.tgname), ' ') AS disable,
               string_agg(format('ALTER TABLE %I.%I ENABLE %s TRIGGER %I;', gn.nspname, gc.relname,
                   CASE g.tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, g.tgname), ' ') AS enable
        FROM pg_catalog.pg_trigger g
        JOIN pg_catalog.pg_class gc ON gc.oid = g.tgrelid JOIN pg_catalog.pg_namespace gn ON gn.oid = gc.relnamespace
        WHERE NOT g.tgisinternal AND NOT pg_catalog.starts_with(g.tgname::text, '{BaselineSchema}') AND g.tgtype & 32 <> 0 AND g.tgenabled <> 'D'
        GROUP BY g.tgrelid
        """;

    private const string LinksSql = $"""
        SELECT fn.nspname, f.relname, tn.nspname, t.relname, 'the foreign key ''' || k.conname || '''', false
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class f ON f.oid = k.conrelid JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
        JOIN pg_catalog.pg_class t ON t.oid = k.confrelid JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
        WHERE k.contype = 'f'
        UNION ALL
        SELECT fn.nspname, f.relname, tn.nspname, t.relname, CASE WHEN f.relispartition THEN 'being its partition' ELSE 'inheriting from it' END, true
        FROM pg_catalog.pg_inherits i
        JOIN pg_catalog.pg_class f ON f.oid = i.inhrelid AND f.relkind IN ('r', 'p') JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
        JOIN pg_catalog.pg_class t ON t.oid = i.inhparent JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
        ORDER BY 1, 2, 3, 4, 5
        """;

    /// <summary>A column uses a sequence that it owns, or that its default names.</summary>
    private const string SequencesSql = $"""
        SELECT n.nspname, c.relname, s.seqstart, s.seqcache > 1, un.nspname, u.relname
        FROM pg_catalog.pg_sequence s
        JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN (
            SELECT d.objid AS sequence, d.refobjid AS "table" FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
            UNION
            SELECT d.refobjid, a.adrelid FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attrdef a ON a.oid = d.objid
            WHERE d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
        ) uses ON uses.sequence = c.oid
        LEFT JOIN pg_catalog.pg_class u ON u.oid = uses."table" LEFT JOIN pg_catalog.pg_namespace un ON un.oid = u.relnamespace
        WHERE {Ours}
        ORDER BY 1, 2
        """;

    /// <summary>Views that were never filled cannot be read and stay so. Those made later may read those made before.</summary>
    private const string MaterializedViewsSql = $"""
        SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'm' AND c.relispopulated AND {Ours}
        ORDER BY c.oid
        """;

    private const string Ours = $"""
        c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', '{BaselineSchema}')
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
        """;

    /// <summary>All tables with rows, ordered by age.</summary>
    internal required IReadOnlyList<PostgreSqlTable> Tables { get; init; }

    /// <summary>All foreign keys, and partitions to their wholes.</summary>
    internal required IReadOnlyList<TableLink> Links { get; init; }

    internal required IReadOnlyList<PostgreSqlSequence> Sequences { get; init; }

    /// <summary>The materialized views that are filled, each after those that it reads.</summary>
    internal required IReadOnlyList<TableName> MaterializedViews { get; init; }

    internal static async Task<PostgreSqlCatalog> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var tables = await connection.ReadAsync(TablesSql, cancellationToken).ConfigureAwait(false);
        var links = await connection.ReadAsync(LinksSql, cancellationToken).ConfigureAwait(false);
        var sequences = await connection.ReadAsync(SequencesSql, cancellationToken).ConfigureAwait(false);
        var views = await connection.ReadAsync(MaterializedViewsSql, cancellationToken).ConfigureAwait(false);
        return new PostgreSqlCatalog
        {
            Tables = [.. tables.Select(row => new PostgreSqlTable(
                (uint)row[0]!, NameAt(row, 1), (bool)row[3]!, (bool)row[4]!, (bool)row[5]!, ((string)row[6]!, (string)row[7]!)))],
            Links = [.. links.Select(row => new TableLink(NameAt(row, 0), NameAt(row, 2), (string)row[4]!) { IsInheritance = (bool)row[5]! }).Distinct()],
            Sequences = [.. sequences.GroupBy(row => NameAt(row, 0)).Select(rows => new PostgreSqlSequence(
                rows.Key,
                (long)rows.First()[2]!,
                (bool)rows.First()[3]!,
                rows.Where(row => row[5] is not null).Select(row => NameAt(row, 4)).ToHashSet()))],
            MaterializedViews = [.. views.Select(row => NameAt(row, 0))],
        };
    }

    /// <summary>Statements that fill the materialized views from what the tables hold now.</summary>
    internal static string RefreshStatements(IEnumerable<TableName> views) =>
        string.Concat(views.Select(view => $"REFRESH MATERIALIZED VIEW {Quote(view)};\n"));

    internal static string Quote(TableName name) =>
        $"{PostgreSqlNames.Quote(name.Schema!)}.{PostgreSqlNames.Quote(name.Name)}";

    /// <summary>An SQL text; what is put in comes from the catalogue.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static TableName NameAt(object?[] row, int column) => new((string)row[column]!, (string)row[column + 1]!);
}
