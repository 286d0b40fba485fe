using System.Globalization;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Resuming;
using Relocation.Testing.Modeling;
using Relocation.Testing.Sqlite.Resetting;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Importing;

/// <content>The database's own triggers, including those in the connection's temporary schema.</content>
internal sealed partial class SqliteImportTransaction
{
    private readonly HashSet<string> _triggered = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HeldTrigger> _held = [];
    private readonly Dictionary<string, long> _deleted = new(StringComparer.OrdinalIgnoreCase);
    private bool _isSafe;
    private IReadOnlyDictionary<string, long> _rowsBefore = new Dictionary<string, long>();

    private static string IsOurs(string name) => $"substr({name}, 1, {TouchLog.Prefix.Length}) = '{TouchLog.Prefix}'";

    internal override TriggerEvents TriggersOn(Table table) =>
        _triggered.Count > 0 && _triggered.Contains(table.Name)
            ? TriggerEvents.Insert | TriggerEvents.Update | TriggerEvents.Delete
            : TriggerEvents.None;

    internal override async Task HoldBackTriggersAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", tables.Select(table => SqliteNames.Literal(table.Name)));
        var command = Command($"""
            SELECT 'main', name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger' AND NOT {IsOurs("name")} AND tbl_name COLLATE NOCASE IN ({names})
            UNION ALL SELECT 'temp', name, sql, tbl_name FROM sqlite_temp_master WHERE type = 'trigger' AND tbl_name COLLATE NOCASE IN ({names})
            """);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closingReader = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                _held.Add(new HeldTrigger(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
                _triggered.Remove(reader.GetString(3));
            }
        }

        await HoldBackAsync(cancellationToken).ConfigureAwait(false);
    }

    internal override async Task BeginCountingAsync(CancellationToken cancellationToken)
    {
        await RefuseConflictClausesAsync(cancellationToken).ConfigureAwait(false);
        _deleted.Clear();
        _rowsBefore = await CountRowsAsync(cancellationToken).ConfigureAwait(false);
    }

    internal override async Task<IReadOnlyList<TriggeredRows>> CountTriggeredAsync(
        IReadOnlyDictionary<Table, long> written, CancellationToken cancellationToken)
    {
        var ours = written.GroupBy(table => table.Key.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(table => table.Key, table => table.Sum(rows => rows.Value), StringComparer.OrdinalIgnoreCase);
        var after = await CountRowsAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. after.Select(table => new TriggeredRows(
                    table.Key,
                    table.Value - _rowsBefore.GetValueOrDefault(table.Key) - ours.GetValueOrDefault(table.Key) + _deleted.GetValueOrDefault(table.Key)))
                .Where(rows => rows.Rows > 0),
        ];
    }

    /// <summary>
    /// Tables with triggers get plain statements, in which the conflict clauses of the table's own constraints hold: rows that are there would be
    /// replaced, or new ones dropped, without a word.
    /// </summary>
    private async Task RefuseConflictClausesAsync(CancellationToken cancellationToken)
    {
        var written = _loads.Select(load => load.Table.Name).Where(_triggered.Contains).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (written.Count == 0 || _isSafe)
        {
            return;
        }

        var command = Command($"""
            SELECT name, sql FROM main.sqlite_master WHERE type = 'table' AND name COLLATE NOCASE IN ({string.Join(", ", written.Select(SqliteNames.Literal))})
            ORDER BY name
            """);
        await using var closing = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ConflictClause.Find(reader.GetString(1)) is { } clause)
            {
                throw SqliteErrors.ConflictClause(reader.GetString(0), clause);
            }
        }

        _isSafe = true;
    }

    private async Task HoldBackAsync(CancellationToken cancellationToken)
    {
        foreach (var trigger in _held)
        {
            await ExecuteAsync(trigger.DropSql(_engine), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Creates the triggers again in their original order, which decides the order in which they fire.</summary>
    private async Task ReleaseTriggersAsync(CancellationToken cancellationToken)
    {
        foreach (var trigger in _held)
        {
            await ExecuteAsync(trigger.CreateSql, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The number of rows of every table, except ours and virtual ones.</summary>
    private async Task<Dictionary<string, long>> CountRowsAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var list = Command($"""
            SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND NOT {IsOurs("name")}
            AND name NOT IN ('{ImportLedger.Imports}', '{ImportLedger.Chunks}')
            """);
        await using (list.ConfigureAwait(false))
        {
            var reader = await list.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closingReader = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                names.Add(reader.GetString(0));
            }
        }

        var rows = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var some in names.Chunk(TablesInQuery))
        {
            var command = Command(string.Join(" UNION ALL ", some.Select((name, index) =>
                string.Create(CultureInfo.InvariantCulture, $"SELECT {index}, (SELECT count(*) FROM main.{_engine.Quote(name)})"))));
            await using var closing = command.ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closingReader = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows[some[reader.GetInt32(0)]] = reader.GetInt64(1);
            }
        }

        return rows;
    }

    /// <summary>Finds the tables that have triggers, and whether any table has a counter.</summary>
    private void ReadTriggers()
    {
        using var command = Command($"""
            SELECT type, tbl_name FROM sqlite_master WHERE type = 'trigger' AND NOT {IsOurs("name")} OR name = 'sqlite_sequence'
            UNION ALL SELECT type, tbl_name FROM sqlite_temp_master WHERE type = 'trigger'
            """);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (reader.GetString(0) == "trigger")
            {
                _triggered.Add(reader.GetString(1));
            }
            else
            {
                _hasSequences = true;
            }
        }
    }
}
