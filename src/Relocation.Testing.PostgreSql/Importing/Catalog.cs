using System.Data.Common;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Encoders;
using Relocation.Testing.Modeling;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing;

/// <summary>Reads the facts about tables that an import needs, in one round trip.</summary>
internal sealed class Catalog(NpgsqlConnection connection, DatabaseEngine engine)
{
    private const string Tables = """
        SELECT l.i::integer, c.oid, n.nspname, c.relname,
               CASE WHEN c.reltuples < 0 THEN pg_relation_size(c.oid) / 100.0 ELSE c.reltuples END::double precision,
               c.relhasrules, CASE WHEN c.relhastriggers OR c.relkind = 'p' THEN coalesce((
                   SELECT bit_or(g.tgtype::integer) FROM pg_trigger g
                   WHERE g.tgrelid = ANY (CASE WHEN c.relkind = 'p' THEN ARRAY(SELECT relid::oid FROM pg_partition_tree(c.oid)) ELSE ARRAY[c.oid] END)
                       AND NOT g.tgisinternal AND g.tgenabled <> 'D' AND NOT starts_with(g.tgname::text, 'relocation_baseline')), 0) ELSE 0 END,
               c.relrowsecurity AND row_security_active(c.oid)
        FROM unnest($1::text[]) WITH ORDINALITY AS l(name, i)
        JOIN pg_class c ON c.oid = to_regclass(l.name) AND c.relkind IN ('r', 'p')
        JOIN pg_namespace n ON n.oid = c.relnamespace
        """;

    /// <summary>The types of the columns, the base types of domains and the element types of arrays, and theirs in turn.</summary>
    private const string Types = """
        WITH RECURSIVE needed(oid) AS (
            SELECT a.atttypid FROM unnest($1::text[]) AS l(name) JOIN pg_attribute a ON a.attrelid = to_regclass(l.name) AND a.attnum > 0
            UNION
            SELECT CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END
            FROM needed JOIN pg_type t USING (oid)
            WHERE t.typtype = 'd' OR t.typcategory = 'A' AND t.typlen = -1)
        SELECT t.oid, t.typname, t.typtype::text, t.typbasetype, CASE WHEN e.oid IS NULL THEN 0 ELSE t.typelem::bigint END
        FROM needed JOIN pg_type t USING (oid) LEFT JOIN pg_type e ON e.typarray = t.oid
        """;

    private const string Columns = """
        SELECT l.i::integer, a.attname, format_type(a.atttypid, a.atttypmod), format_type(a.atttypid, -1), a.atttypid,
               a.attgenerated <> '',
               a.atttypmod,
               a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AND t.typdefault IS NULL
                   AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = a.attrelid AND NOT g.tgisinternal AND g.tgtype & 7 = 7)
        FROM unnest($1::text[]) WITH ORDINALITY AS l(name, i)
        JOIN pg_attribute a ON a.attrelid = to_regclass(l.name) AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type t ON t.oid = a.atttypid
        ORDER BY l.i, a.attnum
        """;

    /// <summary>
    /// A foreign key is not dropped unless it can be restored exactly: as owner, on ordinary tables, enabled, not inherited, and valid for
    /// all rows, since validating is how the new rows are checked.
    /// </summary>
    private const string Constraints = """
        SELECT l.i::integer, c.conname, c.confrelid, c.contype = 'f', c.condeferrable, c.condeferred,
               CASE WHEN c.contype = 'f' THEN pg_get_constraintdef(c.oid) END, obj_description(c.oid, 'pg_constraint'),
               c.contype = 'f' AND c.convalidated AND c.conparentid = 0
                   AND t.relkind = 'r' AND NOT t.relispartition AND pg_has_role(t.relowner, 'USAGE')
                   AND r.relkind = 'r' AND NOT r.relispartition
                   AND (pg_has_role(r.relowner, 'USAGE') OR has_table_privilege(r.oid, 'REFERENCES')
                       AND has_table_privilege(r.oid, 'UPDATE, DELETE, TRUNCATE'))
                   AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgconstraint = c.oid AND g.tgenabled <> 'O'),
               rn.nspname, r.relname
        FROM unnest($1::text[]) WITH ORDINALITY AS l(name, i)
        JOIN pg_constraint c ON c.conrelid = to_regclass(l.name)
        JOIN pg_class t ON t.oid = c.conrelid
        LEFT JOIN pg_class r ON r.oid = c.confrelid
        LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
        WHERE (c.contype = 'f' OR c.condeferrable)
            AND coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true) -- since PostgreSQL 18
        ORDER BY l.i, c.conname
        """;

    /// <summary>The sequence that the model names, else that in the key's default, else the one that belongs to the key's column.</summary>
    private const string Counters = """
        SELECT DISTINCT ON (l.i) l.i::integer, n.nspname, s.relname, q.seqincrement, pg_has_role(s.relowner, 'USAGE'), q.seqstart
        FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS l(name, key, blocks, i)
        JOIN pg_attribute a ON a.attrelid = to_regclass(l.name) AND a.attname = l.key
        CROSS JOIN LATERAL (
            SELECT to_regclass(l.blocks)::oid AS oid, 0 AS rank
            UNION ALL
            SELECT d.refobjid, 1
            FROM pg_attrdef f JOIN pg_depend d
                ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass
            WHERE f.adrelid = a.attrelid AND f.adnum = a.attnum
            UNION ALL
            SELECT d.objid, 2
            FROM pg_depend d
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
                AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum AND d.deptype IN ('a', 'i')) AS candidate
        JOIN pg_class s ON s.oid = candidate.oid AND s.relkind = 'S'
        JOIN pg_sequence q ON q.seqrelid = s.oid
        JOIN pg_namespace n ON n.oid = s.relnamespace
        ORDER BY l.i, candidate.rank
        """;

    /// <summary>The sequences that columns of numbers take their values from: those in defaults, of identities, and those that belong to them.</summary>
    private const string ColumnCounters = """
        SELECT l.i::integer, n.nspname, s.relname, q.seqincrement, pg_has_role(s.relowner, 'USAGE'), a.attname, q.seqmax
        FROM unnest($1::text[]) WITH ORDINALITY AS l(name, i)
        CROSS JOIN LATERAL (
            SELECT f.adnum AS attnum, d.refobjid AS oid
            FROM pg_attrdef f JOIN pg_depend d
                ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass
            WHERE f.adrelid = to_regclass(l.name)
            UNION
            SELECT d.refobjsubid, d.objid
            FROM pg_depend d
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
                AND d.refobjid = to_regclass(l.name) AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')) AS candidate
        JOIN pg_class s ON s.oid = candidate.oid AND s.relkind = 'S'
        JOIN pg_sequence q ON q.seqrelid = s.oid AND q.seqincrement > 0
        JOIN pg_namespace n ON n.oid = s.relnamespace
        JOIN pg_attribute a ON a.attrelid = to_regclass(l.name) AND a.attnum = candidate.attnum
        JOIN pg_type t ON t.oid = a.atttypid
        WHERE coalesce(nullif(t.typbasetype, 0), t.oid) IN (20, 21, 23, 1700)
            AND CASE WHEN s.relkind = 'S' THEN has_sequence_privilege(s.oid, 'SELECT') AND has_sequence_privilege(s.oid, 'UPDATE') END
        ORDER BY l.i, candidate.attnum, s.oid
        """;

    /// <summary>What the database has of these tables, in their order.</summary>
    /// <exception cref="RelocationModelException">A table does not exist.</exception>
    internal async Task<TargetTable[]> ReadAsync(
        IReadOnlyList<Table> named, CancellationToken cancellationToken)
    {
        var names = ArrayText(named.Select(NameOf));
        var keys = ArrayText(named.Select(KeyOf));
        var blocks = ArrayText(named.Select(table => BlocksOf(table.Counter)));
        var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        await using var _ = batch.ConfigureAwait(false);
        foreach (var sql in new[] { Tables, Types, Columns, Constraints, Counters, ColumnCounters })
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = names });
            if (sql == Counters)
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = keys });
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = blocks });
            }

            batch.BatchCommands.Add(command);
        }

        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        return await ReadAsync(reader, named, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TargetTable[]> ReadAsync(
        NpgsqlDataReader reader, IReadOnlyList<Table> named, CancellationToken cancellationToken)
    {
        var tables = new TargetTable?[named.Count];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var index = reader.GetInt32(0) - 1;
            tables[index] = TableAt(reader, named[index]);
        }

        var missing = Array.IndexOf(tables, null);
        if (missing >= 0)
        {
            throw PostgreSqlErrors.TableMissing(named[missing], connection.Database);
        }

        var found = tables.OfType<TargetTable>().ToArray();
        var byOid = new Dictionary<uint, (string Name, char Category, uint Base, uint Element)>();
        await EachAsync(
            reader,
            row => byOid.Add(
                row.GetFieldValue<uint>(0),
                (row.GetString(1), row.GetString(2)[0], row.GetFieldValue<uint>(3), (uint)row.GetInt64(4))),
            cancellationToken).ConfigureAwait(false);
        var types = new Dictionary<uint, PostgreSqlType>();
        var forms = new Dictionary<(uint Type, int Modifier), (string Type, string Cast)>();
        await EachAsync(
            reader,
            row => AddColumn(found[row.GetInt32(0) - 1], row, FormOf(row, forms), Resolve(row.GetFieldValue<uint>(4), byOid, types)),
            cancellationToken).ConfigureAwait(false);
        await EachAsync(reader, row => AddConstraint(found, found[row.GetInt32(0) - 1], row), cancellationToken)
            .ConfigureAwait(false);
        await EachAsync(
            reader,
            row => AddCounter(found[row.GetInt32(0) - 1], row),
            cancellationToken).ConfigureAwait(false);
        await EachAsync(reader, row => found[row.GetInt32(0) - 1].Counters.Add(ColumnCounterAt(row)), cancellationToken).ConfigureAwait(false);
        foreach (var table in found.Where(table => table.Counter is null && table.Table.Counter is not null))
        {
            // It does not exist; the server reports that when it is read.
            var size = table.Table.Counter!.BlockSize;
            table.Counter = new KeyCounter { QuotedName = BlocksOf(table.Table.Counter)!, Increment = size, BlockSize = size };
        }

        return found;
    }

    /// <summary>Reads the next result to its end.</summary>
    private static async Task EachAsync(DbDataReader reader, Action<DbDataReader> read, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            read(reader);
        }
    }

    private static PostgreSqlType Resolve(
        uint oid,
        Dictionary<uint, (string Name, char Category, uint Base, uint Element)> rows,
        Dictionary<uint, PostgreSqlType> types)
    {
        if (types.TryGetValue(oid, out var known))
        {
            return known;
        }

        var row = rows[oid];
        var type = row switch
        {
            { Category: 'd' } => Resolve(row.Base, rows, types) with { Oid = oid, Name = row.Name },
            { Element: not 0 } => new PostgreSqlType(oid, row.Name, StoreKind.Array, Resolve(row.Element, rows, types)),
            _ => new PostgreSqlType(oid, row.Name, PostgreSqlType.KindOf(oid, row.Name, row.Category), null),
        };
        types.Add(oid, type);
        return type;
    }

    private static void AddColumn(TargetTable table, DbDataReader row, (string Type, string Cast) form, PostgreSqlType type)
    {
        var name = row.GetString(1);
        table.Columns.Add(name, new TableColumn(name, form.Type, form.Cast, type, row.GetBoolean(5), row.GetBoolean(7)));
    }

    /// <summary>The type of a column as text, with and without its length.</summary>
    private static (string Type, string Cast) FormOf(DbDataReader row, Dictionary<(uint Type, int Modifier), (string Type, string Cast)> forms)
    {
        var key = (row.GetFieldValue<uint>(4), row.GetInt32(6));
        if (!forms.TryGetValue(key, out var form))
        {
            form = (row.GetString(2), row.GetString(3));
            forms.Add(key, form);
        }

        return form;
    }

    private static string? KeyOf(Table table) => table.KeyKind == RecordKeyKind.Integer ? table.Key[0].Column : null;

    /// <summary>An array as the server reads it from text. A parameter of an array type makes Npgsql allocate 0.6 MB for each new database.</summary>
    private static string ArrayText(IEnumerable<string?> items) => $"{{{string.Join(',', items.Select(item => item is null
        ? "NULL"
        : $"\"{item.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}}}";

    private string NameOf(Table table) => table.Schema is null ? engine.Quote(table.Name) : Quoted(table.Schema, table.Name);

    private TargetTable TableAt(DbDataReader row, Table table) => new()
    {
        Table = table,
        Oid = row.GetFieldValue<uint>(1),
        FullName = NameAt(row, 2),
        EstimatedRows = row.GetDouble(4),
        Rules = row.GetBoolean(5) ? TriggerEvents.Update | TriggerEvents.Delete : TriggerEvents.None,
        Triggers = EventsOf(row.GetInt32(6)),
        HidesRows = row.GetBoolean(7),
        Columns = new Dictionary<string, TableColumn>(table.Columns.Count, StringComparer.Ordinal),
    };

    /// <summary>The events among the bits of <c>pg_trigger.tgtype</c>.</summary>
    private static TriggerEvents EventsOf(int type) =>
        ((type & 4) != 0 ? TriggerEvents.Insert : 0) | ((type & 8) != 0 ? TriggerEvents.Delete : 0) | ((type & 16) != 0 ? TriggerEvents.Update : 0);

    private string? BlocksOf(KeySequence? blocks) => blocks is null ? null : string.Join('.', blocks.Name.Select(engine.Quote));

    private void AddCounter(TargetTable table, DbDataReader row) => table.Counter = new KeyCounter
    {
        QuotedName = Quoted(row.GetString(1), row.GetString(2)),
        Increment = row.GetInt64(3),
        CanBeAltered = row.GetBoolean(4),
        Start = row.GetInt64(5),
        BlockSize = table.Table.Counter?.BlockSize ?? 1,
    };

    private KeyCounter ColumnCounterAt(DbDataReader row) => new()
    {
        QuotedName = Quoted(row.GetString(1), row.GetString(2)),
        Increment = row.GetInt64(3),
        CanBeAltered = row.GetBoolean(4),
        Column = row.GetString(5),
        Most = row.GetInt64(6),
    };

    private void AddConstraint(TargetTable[] tables, TargetTable table, DbDataReader row) => table.Constraints.Add(new TableConstraint
    {
        Table = table,
        Name = row.GetString(1),
        IsForeignKey = row.GetBoolean(3),
        IsDeferrable = row.GetBoolean(4),
        IsInitiallyDeferred = row.GetBoolean(5),
        Definition = row.IsDBNull(6) ? string.Empty : row.GetString(6),
        Comment = row.IsDBNull(7) ? null : row.GetString(7),
        CanBeSetAside = !row.IsDBNull(8) && row.GetBoolean(8),
        Target = row.IsDBNull(9) ? null : TargetAt(tables, row),
    });

    private TableName TargetAt(TargetTable[] tables, DbDataReader row)
    {
        var oid = row.GetFieldValue<uint>(2);
        foreach (var table in tables)
        {
            if (table.Oid == oid)
            {
                return table.FullName;
            }
        }

        return NameAt(row, 9);
    }

    private TableName NameAt(DbDataReader row, int column)
    {
        var (schema, name) = (row.GetString(column), row.GetString(column + 1));
        return new TableName(schema, name, Quoted(schema, name));
    }

    private string Quoted(string schema, string name) => $"{engine.Quote(schema)}.{engine.Quote(name)}";
}
