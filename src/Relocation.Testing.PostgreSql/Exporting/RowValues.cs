using System.Text;
using Npgsql;
using Relocation.Testing.Importing;

namespace Relocation.Testing.Exporting;

/// <summary>Copies the values of a reader's current row into cells.</summary>
internal static class RowValues
{
    /// <exception cref="ExportException">A value is none of its field's.</exception>
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
                throw Errors.ValueUnreadable(query.Label, query.Columns[column], exception);
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
                return Cell.Fixed(reader.GetDateTime(column).Ticks);
            case FieldType.Date:
                return Cell.Fixed(reader.GetFieldValue<DateOnly>(column).DayNumber);
            case FieldType.Time:
                return Cell.Fixed(reader.GetFieldValue<TimeOnly>(column).Ticks);
            case FieldType.Duration:
                return Cell.Fixed(reader.GetFieldValue<TimeSpan>(column).Ticks);
            default:
                return AddText(reader.GetString(column), batch);
        }
    }

    private static Cell AddText(string text, RowBatch batch)
    {
        var length = Encoding.UTF8.GetBytes(text, batch.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length), out var start));
        batch.Commit(length);
        return Cell.Bytes(start, length);
    }
}
