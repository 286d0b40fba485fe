using System.Globalization;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Resuming;
using Relocation.Testing.Modeling;
using Relocation.Testing.PostgreSql.Resetting;

namespace Relocation.Testing.Importing;

/// <content>The database's own triggers.</content>
internal sealed partial class PostgreSqlImportTransaction
{
    private readonly List<HeldTrigger> _held = [];
    private readonly Dictionary<uint, uint> _wholes = [];
    private Dictionary<uint, (string Name, long Rows)> _insertedBefore = [];

    internal override TriggerEvents TriggersOn(Table table) =>
        _tables.TryGetValue(table, out var target) ? target.Triggers | target.Rules : TriggerEvents.None;

    internal override async Task HoldBackTriggersAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken)
    {
        var targets = new List<TargetTable>(tables.Count);
        foreach (var table in tables)
        {
            targets.Add(await TableAsync(table, cancellationToken).ConfigureAwait(false));
        }

        Stop?.BeforeStatement();
        var command = new NpgsqlCommand(
            $"""
            SELECT g.tgrelid::regclass::text, quote_ident(g.tgname), g.tgenabled::text
            FROM unnest(ARRAY[{string.Join(',', targets.Select(table => table.Oid.ToString(CultureInfo.InvariantCulture)))}]::oid[]) AS l(oid)
            JOIN LATERAL (SELECT l.oid UNION SELECT relid FROM pg_partition_tree(l.oid)) AS p(oid) ON true
            JOIN pg_trigger g ON g.tgrelid = p.oid
            WHERE NOT g.tgisinternal AND g.tgenabled <> 'D' AND NOT starts_with(g.tgname::text, '{PostgreSqlCatalog.BaselineSchema}')
            GROUP BY g.oid, g.tgrelid, g.tgname, g.tgenabled ORDER BY g.oid
            """,
            _connection);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closing = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                _held.Add(new HeldTrigger(reader.GetString(0), reader.GetString(1), reader.GetString(2)[0]));
            }
        }

        await HoldBackAsync(cancellationToken).ConfigureAwait(false);
        targets.ForEach(table => table.Triggers = TriggerEvents.None);
    }

    internal override async Task BeginCountingAsync(CancellationToken cancellationToken) =>
        _insertedBefore = await InsertedAsync(cancellationToken).ConfigureAwait(false);

    internal override async Task<IReadOnlyList<TriggeredRows>> CountTriggeredAsync(
        IReadOnlyDictionary<Table, long> written, CancellationToken cancellationToken)
    {
        var after = await InsertedAsync(cancellationToken).ConfigureAwait(false);
        var ours = new Dictionary<uint, long>();
        foreach (var (table, rows) in written)
        {
            var oid = (await TableAsync(table, cancellationToken).ConfigureAwait(false)).Oid;
            oid = _wholes.GetValueOrDefault(oid, oid);
            ours[oid] = ours.GetValueOrDefault(oid) + rows;
        }

        return
        [
            .. after.Select(table => new TriggeredRows(
                    table.Value.Name,
                    table.Value.Rows - _insertedBefore.GetValueOrDefault(table.Key).Rows - ours.GetValueOrDefault(table.Key)))
                .Where(rows => rows.Rows > 0),
        ];
    }

    /// <summary>
    /// The server counts rows by transaction, unless that is turned off, and each table's alone. Those of a table are its partitions' too, and those
    /// of its children, to which a trigger may move them.
    /// </summary>
    internal override async Task<long?> CountInsertedAsync(Table table, CancellationToken cancellationToken)
    {
        Stop?.BeforeStatement();
        var target = await TableAsync(table, cancellationToken).ConfigureAwait(false);
        var command = new NpgsqlCommand(
            string.Create(CultureInfo.InvariantCulture, $"""
                WITH RECURSIVE whole(oid) AS (
                    SELECT {target.Oid}::oid UNION SELECT i.inhrelid FROM whole w JOIN pg_inherits i ON i.inhparent = w.oid)
                SELECT CASE WHEN current_setting('track_counts')::boolean THEN (SELECT sum(pg_stat_get_xact_tuples_inserted(oid))::bigint FROM whole) END
                """),
            _connection);
        await using var _ = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long?;
    }

    private async Task HoldBackAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(_held.ConvertAll(trigger => trigger.DisableSql), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            throw Mapped(exception, exception.TableName);
        }
    }

    /// <summary>Lets the triggers fire again; deferred checks of the caller's, or of a chunk's, would keep their tables from being altered.</summary>
    private IEnumerable<string> ReleaseStatements() => _held.Count == 0
        ? []
        : [.. _isCallers ? Array.Empty<string>() : ["SET CONSTRAINTS ALL IMMEDIATE"], .. _held.Select(trigger => trigger.EnableSql)];

    /// <summary>
    /// What every table that is not the server's or ours has got in this transaction and, as the server tells, just before. Partitions and children
    /// are counted with the table that all of them belong to.
    /// </summary>
    private async Task<Dictionary<uint, (string Name, long Rows)>> InsertedAsync(CancellationToken cancellationToken)
    {
        Stop?.BeforeStatement();
        var command = new NpgsqlCommand(
            $"""
            WITH RECURSIVE below(oid, whole) AS (
                SELECT i.inhrelid, i.inhparent FROM pg_inherits i WHERE NOT EXISTS (SELECT FROM pg_inherits a WHERE a.inhrelid = i.inhparent)
                UNION SELECT i.inhrelid, b.whole FROM below b JOIN pg_inherits i ON i.inhparent = b.oid),
            parts AS (SELECT oid, min(whole) AS whole FROM below GROUP BY oid)
            SELECT c.oid, coalesce(p.whole, c.oid), coalesce(p.whole, c.oid)::regclass::text, pg_stat_get_xact_tuples_inserted(c.oid)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN parts p ON p.oid = c.oid
            WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', '{PostgreSqlCatalog.BaselineSchema}')
                AND NOT starts_with(n.nspname, 'pg_') AND c.relname NOT IN ('{ImportLedger.Imports}', '{ImportLedger.Chunks}')
                AND (p.whole IS NOT NULL OR pg_stat_get_xact_tuples_inserted(c.oid) > 0)
            """,
            _connection);
        await using var _ = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var inserted = new Dictionary<uint, (string Name, long Rows)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var whole = reader.GetFieldValue<uint>(1);
            _wholes[reader.GetFieldValue<uint>(0)] = whole;
            inserted[whole] = (reader.GetString(2), inserted.GetValueOrDefault(whole).Rows + reader.GetInt64(3));
        }

        return inserted;
    }
}
