using System.Globalization;
using System.Text;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Encoders;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing;

/// <summary>Finds rows by values: the values are sent as lists of text, one for each column, and joined with the table.</summary>
internal static class RowLookupQuery
{
    internal static async Task<IReadOnlyList<(int Index, RecordKey? Key)>> FindAsync(
        NpgsqlConnection connection,
        DatabaseEngine engine,
        TargetTable table,
        RowLookup lookup,
        RowBatch values,
        CancellationToken cancellationToken)
    {
        var command = Command(connection, Sql(engine, table, lookup), lookup, values);
        await using var _ = command.ConfigureAwait(false);
        var found = new List<(int Index, RecordKey? Key)>();
        try
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var __ = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                found.Add((values.Ranks[reader.GetInt64(0) - 1], reader.IsDBNull(1) ? null : KeyAt(lookup.Answer, reader)));
            }
        }
        catch (PostgresException exception)
        {
            throw ServerRefusal.Of(exception, table.Name);
        }

        return found;
    }

    /// <summary>Deletes the rows that equal one of the lists of values.</summary>
    internal static async Task DeleteAsync(
        NpgsqlConnection connection,
        DatabaseEngine engine,
        TargetTable table,
        RowLookup lookup,
        RowBatch values,
        CancellationToken cancellationToken)
    {
        var terms = lookup.Fields.Select(field => $"t.{engine.Quote(field.Column)} = v.{engine.Quote(field.Column)}");
        var sql = $"DELETE FROM {table.QuotedName} AS t USING ({Values(engine, table, lookup)}) AS v WHERE {string.Join(" AND ", terms)}";
        var command = Command(connection, sql, lookup, values);
        await using var _ = command.ConfigureAwait(false);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            throw ServerRefusal.Of(exception, table.Name);
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, RowLookup lookup, RowBatch values)
    {
        var fields = lookup.AllFields.ToList();
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        for (var column = 0; column < fields.Count; column++)
        {
            command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = TextsOf(fields[column], column, values) });
        }

        return command;
    }

    /// <summary>The lists as rows, with columns named and typed as those of the table.</summary>
    private static string Values(DatabaseEngine engine, TargetTable table, RowLookup lookup)
    {
        var fields = lookup.AllFields.ToList();
        var lists = string.Join(", ", fields.Select((_, index) => $"${index + 1}"));
        var names = string.Join(", ", fields.Select((_, index) => $"v{index}"));
        var columns = fields.Select((field, index) => $"v{index}::{table.ColumnOf(field).CastText} AS {engine.Quote(field.Column)}");
        return $"SELECT \"relocation index\", {string.Join(", ", columns)} "
            + $"FROM unnest({lists}) WITH ORDINALITY AS u({names}, \"relocation index\")";
    }

    private static string Sql(DatabaseEngine engine, TargetTable table, RowLookup lookup)
    {
        var keys = lookup.Answer.Select(field => $"t.{engine.Quote(field.Column)}::{TypeOf(field.KeyKind)}");
        var terms = lookup.Fields.Select(field => lookup.IgnoresCase && field.Type == FieldType.Text
            ? $"lower(t.{engine.Quote(field.Column)}) = lower(v.{engine.Quote(field.Column)})"
            : $"t.{engine.Quote(field.Column)} = v.{engine.Quote(field.Column)}");
        var where = lookup.Condition is null ? string.Empty : $" WHERE ({lookup.Condition})";
        var source = lookup.Condition is null ? table.QuotedName : $"(SELECT * FROM {table.QuotedName}{where})";
        return $"WITH v AS (SELECT * FROM ({Values(engine, table, lookup)}) AS a{where}) "
            + $"SELECT v.\"relocation index\", {string.Join(", ", keys)} "
            + $"FROM v {(lookup.Condition is null ? "JOIN" : "LEFT JOIN")} {source} AS t ON {string.Join(" AND ", terms)}";
    }

    private static string TypeOf(RecordKeyKind kind) => kind switch
    {
        RecordKeyKind.Integer => "bigint",
        RecordKeyKind.Guid => "uuid",
        _ => "text",
    };

    private static RecordKey KeyAt(IReadOnlyList<RelocationField> columns, NpgsqlDataReader reader)
    {
        var parts = columns.Select((column, part) => column.KeyKind switch
        {
            RecordKeyKind.Integer => RecordKey.From(reader.GetInt64(part + 1)),
            RecordKeyKind.Guid => RecordKey.From(reader.GetGuid(part + 1)),
            _ => RecordKey.From(reader.GetString(part + 1)),
        }).ToList();
        return parts.Count == 1 ? parts[0] : RecordKey.From(parts);
    }

    private static string?[] TextsOf(RelocationField field, int column, RowBatch values)
    {
        var texts = new string?[values.Count];
        for (var row = 0; row < texts.Length; row++)
        {
            texts[row] = TextOf(field, values.CellAt(row, column), values);
        }

        return texts;
    }

    /// <summary>The value as the server reads it from text.</summary>
    private static string? TextOf(RelocationField field, in Cell cell, RowBatch values)
    {
        if (cell.IsNull)
        {
            return null;
        }

        if (field.Type is FieldType.DateTime or FieldType.Instant or FieldType.Date)
        {
            var last = field.Type == FieldType.Date ? DateOnly.MaxValue.DayNumber : DateTime.MaxValue.Ticks;
            if (Infinity.IsFirst(cell.Bits) || Infinity.IsLast(cell.Bits, last))
            {
                return cell.Bits == last ? "infinity" : "-infinity";
            }
        }

        return field.Type switch
        {
            FieldType.Integer => cell.Bits.ToString(CultureInfo.InvariantCulture),
            FieldType.Boolean => cell.Bits != 0 ? "true" : "false",
            FieldType.Real => BitConverter.Int64BitsToDouble(cell.Bits).ToString("R", CultureInfo.InvariantCulture),
            FieldType.Bytes => $"\\x{Convert.ToHexString(values.BytesOf(cell))}",
            FieldType.Guid => new Guid(values.BytesOf(cell), bigEndian: true).ToString(),
            FieldType.DateTime => new DateTime(cell.Bits).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            FieldType.Instant => new DateTime(cell.Bits).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF+00", CultureInfo.InvariantCulture),
            FieldType.Date => DateOnly.FromDayNumber((int)cell.Bits).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            FieldType.Time => new TimeOnly(cell.Bits).ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            FieldType.Duration => string.Create(CultureInfo.InvariantCulture, $"{cell.Bits / TimeSpan.TicksPerMicrosecond} microseconds"),
            _ => Encoding.UTF8.GetString(values.BytesOf(cell)),
        };
    }
}
