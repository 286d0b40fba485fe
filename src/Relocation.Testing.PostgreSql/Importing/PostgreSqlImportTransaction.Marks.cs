using System.Globalization;
using Npgsql;
using Relocation.Testing.Modeling;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing;

/// <content>The highest keys of the tables.</content>
/// <remarks>
/// What is asked of every table is asked in subqueries of one array, not in a union: the server plans a hundred of these in 2 ms, a union
/// of a hundred queries in 20.
/// </remarks>
internal sealed partial class PostgreSqlImportTransaction
{
    internal override Task<long> ReadHighWaterMarkAsync(Table table, CancellationToken cancellationToken) =>
        _loaded.Contains(table)
            ? Task.FromResult(_tables[table].HighWaterMark)
            : Task.FromException<long>(PostgreSqlErrors.NotPrepared(table));

    internal override Task ReadMarksAgainAsync(CancellationToken cancellationToken) =>
        ReadMarksAsync([], _tables.Values.Where(table => _loaded.Contains(table.Table)), [], cancellationToken);

    /// <summary>Locks, then reads how high keys are, then sets constraints aside, in one round trip.</summary>
    private Task LockAsync(TargetTable[] tables, CancellationToken cancellationToken) =>
        ReadMarksAsync(_checks.LockStatements(tables), tables, _checks.BeginStatements(_engine, _isCallers), cancellationToken);

    private async Task ReadMarksAsync(
        IEnumerable<string> before, IEnumerable<TargetTable> tables, IEnumerable<string> after, CancellationToken cancellationToken)
    {
        var keyed = tables.Where(table => table.Table.KeyKind == RecordKeyKind.Integer).ToList();
        var counted = keyed.Where(table => table.Counter is not null).ToList();
        var batch = Batch([.. before, ArrayQuery(keyed.Select(HighestKey)), ArrayQuery(counted.Select(Position)), .. after]);
        await using var _ = batch.ConfigureAwait(false);
        await _watch.WhileAsync(() => ReadMarksAsync(batch, keyed, counted, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static async Task ReadMarksAsync(NpgsqlBatch batch, List<TargetTable> keyed, List<TargetTable> counted, CancellationToken cancellationToken)
    {
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        ReadHighestKeys(reader.GetString(0), keyed);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        ReadPositions(reader.GetString(0), counted);

        // Errors of the statements that follow show only when they are read past.
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }
    }

    private static void ReadHighestKeys(ReadOnlySpan<char> values, List<TargetTable> keyed)
    {
        var index = 0;
        foreach (var range in values.Split(','))
        {
            if (index < keyed.Count)
            {
                keyed[index++].HighWaterMark = long.TryParse(values[range], CultureInfo.InvariantCulture, out var key) ? Math.Max(key, 0) : 0;
            }
        }
    }

    private static void ReadPositions(ReadOnlySpan<char> values, List<TargetTable> counted)
    {
        var index = 0;
        foreach (var range in values.Split(','))
        {
            if (index < counted.Count)
            {
                var table = counted[index++];
                var value = values[range];
                table.Counter!.IsCalled = value[^1] == 't';
                table.Counter.LastValue = long.Parse(value[..^1], CultureInfo.InvariantCulture);
                table.HighWaterMark = Math.Max(table.HighWaterMark, table.Counter.Value);
            }
        }
    }

    private string HighestKey(TargetTable table)
    {
        var key = _engine.Quote(table.ColumnOf(table.Table.Key[0]).Name);
        return $"(SELECT {key}::bigint FROM {table.QuotedName} WHERE {key} IS NOT NULL ORDER BY {key} DESC LIMIT 1)";
    }

    private static string Position(TargetTable table) => $"(SELECT last_value || left(is_called::text, 1) FROM {table.Counter!.QuotedName})";

    /// <summary>The values of queries, which stand in parentheses, separated by commas; that of one without a row is empty.</summary>
    private static string ArrayQuery(IEnumerable<string> queries) =>
        $"SELECT array_to_string(ARRAY[{string.Join(", ", queries)}]::text[], ',', '')";
}
