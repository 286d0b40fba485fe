using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Planning;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Importing;

/// <summary>Rows that are there: found by values, deleted, and written over.</summary>
internal sealed partial class SqliteImportTransaction
{
    private ArrayBufferWriter<byte>? _json;
    private bool _knowsReals;

    internal override async Task<IReadOnlyList<(int Index, RecordKey? Key)>> FindRowsAsync(
        RowLookup lookup, RowBatch values, CancellationToken cancellationToken)
    {
        var sql = SqliteRowSearch.Sql(_engine, lookup);
        var json = JsonOf(lookup, values);
        if (lookup.Answer is [{ KeyKind: RecordKeyKind.Integer }])
        {
            cancellationToken.ThrowIfCancellationRequested();
            Stop?.BeforeStatement();
            return IntegerSearch.Find(_connection.Handle!.DangerousGetHandle(), sql, json, values.Ranks);
        }

        var command = Command(sql, ("$values", Encoding.UTF8.GetString(json)));
        await using var closing = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        var found = new List<(int Index, RecordKey? Key)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add((values.Ranks[reader.GetInt32(0)], reader.IsDBNull(1) ? null : KeyAt(lookup.Answer, reader, 1)));
        }

        return found;
    }

    internal override async Task DeleteRowsAsync(RowLookup lookup, RowBatch values, CancellationToken cancellationToken)
    {
        var command = Command(SqliteRowSearch.DeleteSql(_engine, lookup), ("$values", Encoding.UTF8.GetString(JsonOf(lookup, values))));
        await using var closing = command.ConfigureAwait(false);
        try
        {
            _deleted[lookup.Table.Name] = _deleted.GetValueOrDefault(lookup.Table.Name)
                + await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException refusal)
        {
            throw SqliteRefusal.From(refusal.SqliteExtendedErrorCode, refusal.Message, rank: null);
        }
    }

    internal override async Task OverwriteAsync(Table table, RowBatch rows, CancellationToken cancellationToken)
    {
        if (rows.Columns.Count > table.Key.Count)
        {
            var writer = new SqliteRowWriter(
                _connection.Handle!.DangerousGetHandle(), table, rows.Columns, table.Key.Count, TriggersOn(table) != TriggerEvents.None)
            {
                Stop = Stop,
            };
            await using var closing = writer.ConfigureAwait(false);
            await writer.WriteAsync(rows, cancellationToken).ConfigureAwait(false);
        }
    }

    internal override Task FillCutAsync(
        Table table, IReadOnlyList<RelocationField> columns, RowBatch rows, CancellationToken cancellationToken) =>
        OverwriteAsync(table, rows, cancellationToken);

    /// <summary>The values as JSON, good until the next are asked for: one buffer serves all questions of an import.</summary>
    private ReadOnlySpan<byte> JsonOf(RowLookup lookup, RowBatch values)
    {
        if (!_knowsReals && SqliteRowSearch.NeedsReals(lookup))
        {
            _knowsReals = true;
            _connection.CreateFunction<long?, double?>(
                SqliteRowSearch.RealFunction, static bits => bits is { } number ? BitConverter.Int64BitsToDouble(number) : null, isDeterministic: true);
        }

        _json ??= new ArrayBufferWriter<byte>();
        _json.ResetWrittenCount();
        SqliteRowSearch.WriteJson(lookup, values, _json);
        return _json.WrittenSpan;
    }

    private static RecordKey KeyAt(IReadOnlyList<RelocationField> columns, SqliteDataReader reader, int first)
    {
        return columns.Count == 1
            ? PartAt(columns[0], reader, first)
            : RecordKey.From([.. columns.Select((column, part) => PartAt(column, reader, first + part))]);
    }

    private static RecordKey PartAt(RelocationField field, SqliteDataReader reader, int column)
    {
        return field.Type switch
        {
            FieldType.Integer => RecordKey.From(reader.GetInt64(column)),
            FieldType.Guid => RecordKey.From(reader.GetGuid(column)),
            _ => RecordKey.From(reader.GetString(column)),
        };
    }
}
