using System.Globalization;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;
using Relocation.Testing.PostgreSql.Resetting;

namespace Relocation.Testing.Importing;

/// <content>Counters, which take no part in transactions unless they are held.</content>
internal sealed partial class PostgreSqlImportTransaction
{
    internal override async Task HoldCounterAsync(Table table, CancellationToken cancellationToken)
    {
        var target = await TableAsync(table, cancellationToken).ConfigureAwait(false);
        if (target.Counter is { RollsBack: false, CanBeAltered: true } counter)
        {
            await ExecuteAsync([HoldStatement(counter)], cancellationToken).ConfigureAwait(false);
            counter.RollsBack = true;
        }
    }

    /// <summary>
    /// Moves all counters in one round trip, each held first where that may be: not even an import that the server breaks off leaves a counter
    /// behind where another import would then begin higher.
    /// </summary>
    internal override async Task AdvanceCountersAsync(
        IReadOnlyList<CounterValue> counters, CancellationToken cancellationToken)
    {
        var moved = new List<TargetTable>(counters.Count);
        var statements = new List<string>(counters.Count);
        foreach (var (counted, highest) in counters)
        {
            var table = await TableAsync(counted, cancellationToken).ConfigureAwait(false);
            if (table.Counter is { Increment: > 0 } counter)
            {
                moved.Add(table);
                if (counter is { RollsBack: false, CanBeAltered: true })
                {
                    statements.Add(HoldStatement(counter));
                    counter.RollsBack = true;
                }

                statements.Add(string.Create(CultureInfo.InvariantCulture, $"""
                    SELECT setval({PostgreSqlCatalog.Literal(counter.QuotedName)}::regclass, {highest}, true) FROM {counter.QuotedName}
                    WHERE CASE WHEN is_called THEN last_value ELSE last_value - 1 END < {highest}
                    """));
            }
        }

        if (moved.Count > 0)
        {
            await AdvanceAsync(moved, statements, cancellationToken).ConfigureAwait(false);
        }

        await AdvanceToHighestAsync(moved, cancellationToken).ConfigureAwait(false);
    }

    private async Task AdvanceAsync(List<TargetTable> moved, List<string> statements, CancellationToken cancellationToken)
    {
        var batch = Batch(statements);
        await using var _ = batch.ConfigureAwait(false);
        var current = 0;
        try
        {
            var reader = await _watch.WhileAsync(() => batch.ExecuteReaderAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            await using var __ = reader.ConfigureAwait(false);
            do
            {
                if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    moved[current].Counter!.MovedTo = reader.GetInt64(0);
                }

                current++;
            }
            while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (PostgresException exception)
        {
            throw Mapped(exception, moved[Math.Min(current, moved.Count - 1)].Name);
        }
    }

    /// <summary>
    /// Moves the counters whose values the import does not give out itself past what their columns hold now: counted columns that are no key, and
    /// counted parts of keys.
    /// </summary>
    /// <param name="moved">Tables whose key's counter has moved.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    private async Task AdvanceToHighestAsync(List<TargetTable> moved, CancellationToken cancellationToken)
    {
        var counted = (_isChunked ? _tables.Values.Where(table => _loaded.Contains(table.Table)) : _written)
            .SelectMany(table => table.Counters, (table, counter) => (Table: table, Counter: counter))
            .Where(each => !(each.Counter.QuotedName == each.Table.Counter?.QuotedName && (moved.Contains(each.Table) || each.Table.Counter.MovedTo is not null)))
            .ToList();
        if (counted.Count == 0)
        {
            return;
        }

        var statements = new List<string>(counted.Count);
        foreach (var (table, counter) in counted)
        {
            if (counter is { RollsBack: false, CanBeAltered: true })
            {
                statements.Add(HoldStatement(counter));
                counter.RollsBack = true;
            }

            var column = _engine.Quote(counter.Column!);
            statements.Add(string.Create(CultureInfo.InvariantCulture, $"""
                SELECT setval({PostgreSqlCatalog.Literal(counter.QuotedName)}::regclass, floor(h.highest)::bigint, true), p.last_value, p.is_called
                FROM {counter.QuotedName} AS p, (SELECT max({column})::numeric AS highest FROM {table.QuotedName}) AS h
                WHERE h.highest <= {counter.Most} AND CASE WHEN p.is_called THEN p.last_value ELSE p.last_value - 1 END < floor(h.highest)
                """));
        }

        var batch = Batch(statements);
        await using var _ = batch.ConfigureAwait(false);
        var current = 0;
        try
        {
            var reader = await _watch.WhileAsync(() => batch.ExecuteReaderAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            await using var __ = reader.ConfigureAwait(false);
            do
            {
                if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var counter = counted[current].Counter;
                    (counter.MovedTo, counter.LastValue, counter.IsCalled) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2));
                }

                current++;
            }
            while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (PostgresException exception)
        {
            throw Mapped(exception, counted[Math.Min(current, counted.Count - 1)].Table.Name);
        }
    }

    private static IEnumerable<KeyCounter> CountersOf(TargetTable table) =>
        table.Counter is null ? table.Counters : table.Counters.Prepend(table.Counter);

    /// <summary>Changes nothing, but makes the server create a new file for the sequence, which a rollback discards.</summary>
    private static string HoldStatement(KeyCounter counter) =>
        string.Create(CultureInfo.InvariantCulture, $"ALTER SEQUENCE {counter.QuotedName} INCREMENT BY {counter.Increment}");

    /// <summary>Moves back counters that could not be held. A counter that somebody else has advanced since is not changed.</summary>
    private async Task RestoreCountersAsync()
    {
        foreach (var counter in _tables.Values.SelectMany(CountersOf).Where(counter => counter is { MovedTo: not null, RollsBack: false }))
        {
            var command = new NpgsqlCommand(
                $"SELECT setval(CAST($1 AS text)::regclass, $2, $3) FROM {counter.QuotedName} WHERE is_called AND last_value = $4",
                _connection);
            await using var _ = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = counter.QuotedName });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = counter.LastValue });
            command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = counter.IsCalled });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = counter.MovedTo!.Value });
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
