using System.Text;
using Npgsql;
using NpgsqlTypes;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Exporting;

/// <summary>Copies the values of a reader's current row into cells.</summary>
internal static class RowValues
{
    private const uint Timestamp = 1114;
    private const uint TimestampWithZone = 1184;

    /// <summary>The ticks from which PostgreSQL counts microseconds: those of the year 2000.</summary>
    private const long Epoch = 630_822_816_000_000_000;

    /// <exception cref="ExportException">A value does not fit its field.</exception>
    internal static void Read(ExportQuery query, NpgsqlDataReader reader, RowBatch batch)
    {
        var row = batch.NextRow();
        for (var column = 0; column < row.Length; column++)
        {
            try
            {
                row[column] = reader.IsDBNull(column) ? Cell.Null : Read(query.Columns[column], reader, column, batch);
            }
            catch (Exception exception) when (exception is InvalidCastException or OverflowException or FormatException or ArgumentException)
            {
                throw ExportErrors.ValueUnreadable(query.Label, query.Columns[column], exception);
            }
        }

        batch.CompleteRow(0);
    }

    private static Cell Read(RelocationField field, NpgsqlDataReader reader, int column, RowBatch batch)
    {
        switch (field.Type)
        {
            case FieldType.Integer:
                return Cell.Fixed(reader.GetInt64(column));
            case FieldType.Boolean:
                return Cell.Fixed(reader.GetBoolean(column) ? 1 : 0);
            case FieldType.Real:
                return Cell.Fixed(BitConverter.DoubleToInt64Bits(reader.GetDouble(column)));
            case FieldType.Bytes:
                return batch.Add(reader.GetFieldValue<byte[]>(column));
            case FieldType.Guid:
                var guid = batch.Reserve(16, out var start);
                reader.GetGuid(column).TryWriteBytes(guid, bigEndian: true, out var written);
                batch.Commit(written);
                return Cell.Bytes(start, written);
            case FieldType.DateTime or FieldType.Instant:
                return Cell.Fixed(ReadMoment(reader, column));
            case FieldType.Date:
                return Cell.Fixed(reader.GetFieldValue<DateOnly>(column).DayNumber);
            case FieldType.Time:
                return Cell.Fixed(reader.GetFieldValue<TimeOnly>(column).Ticks);
            case FieldType.Duration:
                return Cell.Fixed(ReadDuration(reader.GetFieldValue<NpgsqlInterval>(column)));
            default:
                return AddText(reader.GetString(column), batch);
        }
    }

    /// <summary>The ticks of a moment. The driver makes another of one far beyond the year 9999 (Npgsql 10.0.3: 1999 of 294276), so it is asked for the bare number.</summary>
    private static long ReadMoment(NpgsqlDataReader reader, int column)
    {
        if (reader.GetDataTypeOID(column) is not (Timestamp or TimestampWithZone))
        {
            return reader.GetDateTime(column).Ticks;
        }

        return reader.GetFieldValue<long>(column) switch
        {
            long.MaxValue => DateTime.MaxValue.Ticks,
            long.MinValue => DateTime.MinValue.Ticks,
            var microseconds => new DateTime(checked((microseconds * TimeSpan.TicksPerMicrosecond) + Epoch)).Ticks,
        };
    }

    /// <summary>The ticks of a duration. The driver drops months below zero (Npgsql 10.0.3: -1 mon becomes 0), and what is beyond a TimeSpan begins anew.</summary>
    private static long ReadDuration(NpgsqlInterval interval) => interval.Months == 0
        ? checked((interval.Days * TimeSpan.TicksPerDay) + (interval.Time * TimeSpan.TicksPerMicrosecond))
        : throw new OverflowException("An interval with months has no length.");

    private static Cell AddText(string text, RowBatch batch)
    {
        var length = Encoding.UTF8.GetBytes(text, batch.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length), out var start));
        batch.Commit(length);
        return Cell.Bytes(start, length);
    }
}
