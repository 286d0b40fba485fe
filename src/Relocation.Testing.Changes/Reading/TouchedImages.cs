using System.Buffers;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Resetting;
using Relocation.Testing.Values;

namespace Relocation.Testing.Reading;

/// <summary>All rows that were touched, at one moment.</summary>
/// <param name="Tables">The touched tables, by schema and name.</param>
/// <param name="Notes">What rows alone do not tell, as whole sentences.</param>
internal sealed record TouchedImages(IReadOnlyDictionary<(string? Schema, string Name), TableImage> Tables, IReadOnlyList<string> Notes)
{
    /// <summary>How long writers are waited for, who may be the test itself.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    internal static Task<TouchedImages> ReadAsync(TestDatabase database, CancellationToken cancellationToken) =>
        database.Engine.TranslateAsync(
            static () => "What the test changed was not read",
            () => ReadTouchedAsync(database, cancellationToken),
            fault => database.Engine.Placed(fault, database.ConnectionString));

    private static async Task<TouchedImages> ReadTouchedAsync(TestDatabase database, CancellationToken cancellationToken)
    {
        var touched = await database.OpenTouchedAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = touched.ConfigureAwait(false);
        if (touched.Tables.Count == 0)
        {
            return new TouchedImages(new Dictionary<(string?, string), TableImage>(), touched.Notes);
        }

        var limit = database.Patience.Limit < LongestWait ? database.Patience.Limit : LongestWait;
        var reading = await database.Engine.BeginExportAsync(
            touched.Transaction.Connection!, touched.Transaction, new Patience(limit, database.Patience.Say), cancellationToken).ConfigureAwait(false);
        await using var ending = reading.ConfigureAwait(false);
        var tables = TableCatalog.Of(database.Model);
        var images = new Dictionary<(string?, string), TableImage>();
        var notes = new List<string>(touched.Notes);
        foreach (var each in touched.Tables)
        {
            var table = tables.Describe(each, database.Engine, touched.DefaultSchema);
            TableImage image;
            try
            {
                image = await ReadAsync(table, each, touched, database.Engine, reading, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is FormatException or ExportException && database.Engine.FaultBehind(exception) is null)
            {
                // SQLite keeps any text in a column of numbers, which must not go unseen.
                notes.Add(ChangeErrors.ReadAsStored(table.Name));
                image = await ReadAsync(table.AsStored(), each, touched, database.Engine, reading, cancellationToken).ConfigureAwait(false);
            }

            if (image.Table.Key.Length == 0 && image.Now.Count + image.Before.Count > 0)
            {
                notes.Add(ChangeErrors.NoKey(table.Name));
            }

            images.Add((each.Schema, each.Name), image);
        }

        return new TouchedImages(images, notes);
    }

    private static async Task<TableImage> ReadAsync(
        RecordTable table, TouchedTable touched, TouchedRows look, DatabaseEngine engine, ExportTransaction reading, CancellationToken cancellationToken)
    {
        var list = string.Join(", ", table.Columns.Select(column => $"t.{engine.Quote(column.Column)}" is var name && column.Writer is null
            ? look.AsJson(name)
            : reading.Selected(column.Field!, name)));
        return new TableImage(
            table,
            await RowsAsync(table, $"SELECT {list} {touched.Now}", reading, cancellationToken).ConfigureAwait(false),
            await RowsAsync(table, $"SELECT {list} {touched.Before}", reading, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<List<string?[]>> RowsAsync(RecordTable table, string sql, ExportTransaction reading, CancellationToken cancellationToken)
    {
        var query = new ExportQuery(table.Label, sql, [.. table.Columns.Select(column => column.Read)], IsInterleaved: false);
        var stream = await RowStream.OpenAsync(reading, query, cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonCopy.Encoder, SkipValidation = true, MaxDepth = 1000 });
        await using var closingWriter = writer.ConfigureAwait(false);
        var rows = new List<string?[]>();
        while (stream.HasRow)
        {
            var row = new string?[table.Columns.Length];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = Value(table.Columns[i], stream.Row[i], stream.Batch, writer, buffer);
            }

            rows.Add(row);
            await stream.MoveAsync(cancellationToken).ConfigureAwait(false);
        }

        return rows;
    }

    private static string? Value(TableColumn column, in Cell cell, RowBatch batch, Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        if (cell.IsNull)
        {
            return null;
        }

        if (column.Writer is null)
        {
            return Encoding.UTF8.GetString(batch.BytesOf(cell));
        }

        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        column.Writer.Write(writer, cell, batch);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
