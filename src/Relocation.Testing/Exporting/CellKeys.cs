using System.Text;
using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Values;

namespace Relocation.Testing.Exporting;

/// <summary>Makes keys of cells.</summary>
internal static class CellKeys
{
    /// <summary>The key that some columns hold; null where one of them is null.</summary>
    /// <param name="stream">The current row.</param>
    /// <param name="fields">All columns of the layout.</param>
    /// <param name="columns">Which of them.</param>
    /// <param name="places">Where the query's rows have the layout's columns.</param>
    internal static RecordKey? Of(RowStream stream, RelocationField[] fields, ReadOnlySpan<int> columns, int[] places)
    {
        if (columns.Length == 1)
        {
            return Part(fields[columns[0]], stream.Row[places[columns[0]]], stream.Batch);
        }

        var parts = new RecordKey[columns.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (Part(fields[columns[i]], stream.Row[places[columns[i]]], stream.Batch) is not { } part)
            {
                return null;
            }

            parts[i] = part;
        }

        return RecordKey.From(parts);
    }

    private static RecordKey? Part(RelocationField field, in Cell cell, RowBatch batch) => cell.IsNull ? null : field.Type switch
    {
        FieldType.Integer => RecordKey.From(cell.Bits),
        FieldType.Guid => RecordKey.From(new Guid(batch.BytesOf(cell), bigEndian: true)),
        FieldType.Text => RecordKey.From(Encoding.UTF8.GetString(batch.BytesOf(cell))),
        _ => RecordKey.From(Text(field, cell, batch)),
    };

    /// <summary>A value of another type as <c>pk</c> shows it.</summary>
    private static string Text(RelocationField field, in Cell cell, RowBatch batch)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            new FieldWriter(field, isKey: true, MomentText.Exact).Write(writer, cell, batch);
        }

        var json = JsonElement.Parse(buffer.ToArray());
        return json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
    }
}
