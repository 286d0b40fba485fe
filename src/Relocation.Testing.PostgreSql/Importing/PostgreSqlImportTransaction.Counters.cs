using System.Globalization;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;
using Relocation.Testing.PostgreSql.Resetting;

namespace Relocation.Testing.Importing;

/// <content>Key counters, which take no part in transactions unless they are held.</content>
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

        if (moved.Count == 0)
        {
            return;
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

    /// <summary>Changes nothing, but makes the server create a new file for the sequence, which a rollback discards.</summary>
    private static string HoldStatement(KeyCounter counter) =>
        string.Create(CultureInfo.InvariantCulture, $"ALTER SEQUENCE {counter.QuotedName} INCREMENT BY {counter.Increment}");

    /// <summary>Moves back counters that could not be held. A counter that somebody else has advanced since is not changed.</summary>
    private async Task RestoreCountersAsync()
    {
        foreach (var counter in _tables.Values.Select(table => table.Counter).Where(counter => counter is { MovedTo: not null, RollsBack: false }))
        {
            var command = new NpgsqlCommand(
                $"SELECT setval(CAST($1 AS text)::regclass, $2, $3) FROM {counter!.QuotedName} WHERE is_called AND last_value = $4",
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
