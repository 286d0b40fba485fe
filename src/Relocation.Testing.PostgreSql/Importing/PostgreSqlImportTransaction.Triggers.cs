using System.Globalization;
using Npgsql;
using Relocation.Testing.PostgreSql.Resetting;

namespace Relocation.Testing.Importing;

/// <content>Triggers of the database's own.</content>
internal sealed partial class PostgreSqlImportTransaction
{
    private readonly List<HeldTrigger> _held = [];
    private Dictionary<uint, (string Name, long Rows)> _insertedBefore = [];

    internal override TriggerEvents TriggersOn(RelocationEntity table) =>
        _tables.TryGetValue(table, out var target) ? target.Triggers | target.Rules : TriggerEvents.None;

    internal override async Task HoldBackTriggersAsync(IReadOnlyList<RelocationEntity> tables, CancellationToken cancellationToken)
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
        IReadOnlyDictionary<RelocationEntity, long> written, CancellationToken cancellationToken)
    {
        var ours = new Dictionary<uint, long>();
        foreach (var (table, rows) in written)
        {
            var oid = (await TableAsync(table, cancellationToken).ConfigureAwait(false)).Oid;
            ours[oid] = ours.GetValueOrDefault(oid) + rows;
        }

        var after = await InsertedAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. after.Select(table => new TriggeredRows(
                    table.Value.Name,
                    table.Value.Rows - _insertedBefore.GetValueOrDefault(table.Key).Rows - ours.GetValueOrDefault(table.Key)))
                .Where(rows => rows.Rows > 0),
        ];
    }

    /// <summary>The server counts rows by transaction, unless that is turned off, and those of a partitioned table by partition.</summary>
    internal override async Task<long?> CountInsertedAsync(RelocationEntity table, CancellationToken cancellationToken)
    {
        Stop?.BeforeStatement();
        var target = await TableAsync(table, cancellationToken).ConfigureAwait(false);
        var command = new NpgsqlCommand(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT CASE WHEN current_setting('track_counts')::boolean THEN pg_stat_get_xact_tuples_inserted({target.Oid})
                    + (SELECT coalesce(sum(pg_stat_get_xact_tuples_inserted(relid)), 0)::bigint FROM pg_partition_tree({target.Oid}) WHERE relid <> {target.Oid}) END
                """),
            _connection);
        await using var _ = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long?;
    }

    private async Task HoldBackAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(_held.ConvertAll(trigger => trigger.DisableSql), timeout: 0, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            throw Mapped(exception, exception.TableName);
        }
    }

    /// <summary>Lets the triggers fire again; deferred checks of the caller's, or of a chunk's, would keep their tables from being altered.</summary>
    private IEnumerable<string> ReleaseStatements() => _held.Count == 0
        ? []
        : _held.Select(trigger => trigger.EnableSql).Prepend(_isCallers ? "SELECT" : "SET CONSTRAINTS ALL IMMEDIATE");

    /// <summary>What every table that is not the server's or ours has got in this transaction and, as the server tells, just before.</summary>
    private async Task<Dictionary<uint, (string Name, long Rows)>> InsertedAsync(CancellationToken cancellationToken)
    {
        Stop?.BeforeStatement();
        var command = new NpgsqlCommand(
            $"""
            SELECT r.oid, r.oid::regclass::text, r.rows FROM (
                SELECT coalesce(pg_partition_root(c.oid)::oid, c.oid) AS oid, sum(pg_stat_get_xact_tuples_inserted(c.oid))::bigint AS rows
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', '{PostgreSqlCatalog.BaselineSchema}')
                    AND NOT starts_with(n.nspname, 'pg_') AND c.relname NOT IN ('{ImportLedger.Imports}', '{ImportLedger.Chunks}')
                GROUP BY 1) AS r
            WHERE r.rows > 0
            """,
            _connection);
        await using var _ = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var inserted = new Dictionary<uint, (string Name, long Rows)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            inserted.Add(reader.GetFieldValue<uint>(0), (reader.GetString(1), reader.GetInt64(2)));
        }

        return inserted;
    }
}
