using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Relocation.Testing.Benchmarks.Model;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>Reads every row of every table with the driver's own reader and writes its values.</summary>
internal static class BareExport
{
    private const int EnoughBytes = 64 * 1024;

    internal static async Task RunAsync(DbConnection connection, Stream stream)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * EnoughBytes);
        await using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartArray();
        foreach (var table in BenchmarkTables.All)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {table.ColumnList} FROM \"{table.Table}\" ORDER BY \"Id\"";
            await using var reader = await command.ExecuteReaderAsync();
            var label = JsonEncodedText.Encode(table.Label);
            var names = table.Columns.Select(column => JsonEncodedText.Encode(column.Utf8Name)).ToArray();
            while (await reader.ReadAsync())
            {
                Write(writer, reader, table, label, names);
                if (writer.BytesPending + buffer.WrittenCount > EnoughBytes)
                {
                    writer.Flush();
                    await stream.WriteAsync(buffer.WrittenMemory);
                    buffer.ResetWrittenCount();
                }
            }
        }

        writer.WriteEndArray();
        writer.Flush();
        await stream.WriteAsync(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, DbDataReader reader, BareTable table, JsonEncodedText label, JsonEncodedText[] names)
    {
        writer.WriteStartObject();
        writer.WriteString("model"u8, label);
        writer.WriteNumber("pk"u8, reader.GetInt64(0));
        writer.WriteStartObject("fields"u8);
        for (var index = 0; index < table.Columns.Length; index++)
        {
            writer.WritePropertyName(names[index]);
            WriteValue(writer, reader, index + 1, table.Columns[index].Kind);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, DbDataReader reader, int index, BareKind kind)
    {
        if (reader.IsDBNull(index))
        {
            writer.WriteNullValue();
            return;
        }

        switch (kind)
        {
            case BareKind.Text:
                writer.WriteStringValue(reader.GetString(index));
                break;
            case BareKind.Boolean:
                writer.WriteBooleanValue(reader.GetBoolean(index));
                break;
            case BareKind.DateTime:
                writer.WriteStringValue(reader.GetDateTime(index));
                break;
            case BareKind.Real:
                writer.WriteNumberValue(reader.GetDouble(index));
                break;
            case BareKind.Decimal:
                writer.WriteStringValue(reader.GetDecimal(index).ToString(CultureInfo.InvariantCulture));
                break;
            case BareKind.Guid:
                writer.WriteStringValue(reader.GetGuid(index));
                break;
            default:
                writer.WriteNumberValue(reader.GetInt64(index));
                break;
        }
    }
}
