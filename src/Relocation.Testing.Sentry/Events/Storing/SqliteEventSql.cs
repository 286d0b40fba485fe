using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>
/// SQLite: rows come as a blob of cells of fixed widths, texts and documents as parts of other blobs. A transaction that writes is alone, so nothing
/// is locked.
/// </summary>
internal sealed class SqliteEventSql : EventSql
{
    private const string CountParameter = "@count";

    private const string RowsParameter = "@rows";

    private const string TextsParameter = "@texts";

    private const string DocumentsParameter = "@documents";

    /// <summary>How many documents' bytes stand before the first one that is given.</summary>
    private const string FirstByteParameter = "@first";

    /// <summary>A row for each number from 0: an array of so many zeros, taken apart.</summary>
    private const string Numbers = $"json_each('[0' || replace(hex(zeroblob({CountParameter} - 1)), '00', ',0') || ']')";

    private SqliteEventSql()
    {
    }

    internal static SqliteEventSql Instance { get; } = new();

    /// <summary>Keys are counted on from the last one that the table ever had, or has where it was made without such a memory.</summary>
    internal override RowStatement NextKeys { get; } = new(
        $"SELECT r.c0, CASE r.c0 {string.Join(' ', KeyedTables.Names.Select(LastKey))} END FROM <rows> r",
        CellKind.Integer,
        CellKind.Text,
        CellKind.Integer);

    internal override bool GivesLastKeys => true;

    internal override DbCommand CreateCommand(DbConnection connection, RowStatement statement) => Create(
        connection,
        WithLocks(statement.Text, static (_, _) => string.Empty)
            .Replace(Rows, Source(statement), StringComparison.Ordinal)
            .Replace(Given, string.Empty, StringComparison.Ordinal)
            .Replace(EmptyList, "'[]'", StringComparison.Ordinal),
        [CountParameter, RowsParameter, TextsParameter, .. statement.HasDocuments ? (string[])[DocumentsParameter, FirstByteParameter] : []]);

    internal override RowCells CreateCells(RowStatement statement) => new SqliteCells();

    internal override void Bind(DbCommand command, RowStatement statement, RowCells cells, DocumentBuffer documents)
    {
        // The driver takes whole arrays only, and copies them: so few bytes may stand behind those that are looked at.
        var rows = (SqliteCells)cells;
        command.Parameters[CountParameter].Value = rows.Count;
        command.Parameters[RowsParameter].Value = Bytes(rows.Rows);
        command.Parameters[TextsParameter].Value = Bytes(rows.Texts);
        if (statement.HasDocuments)
        {
            var part = rows.Documents;
            var isSmall = part.Length < documents.Length / 2;
            command.Parameters[DocumentsParameter].Value = isSmall ? documents.Bytes(part).ToArray() : documents.Whole;
            command.Parameters[FirstByteParameter].Value = isSmall ? part.Offset : 0;
        }
    }

    internal override DateTimeOffset Instant(DbDataReader reader, int column) => InstantText.Parse(reader.GetString(column));

    private static byte[] Bytes(ReadOnlyMemory<byte> written) =>
        MemoryMarshal.TryGetArray(written, out var room) && room.Array!.Length / 2 <= written.Length ? room.Array : written.ToArray();

    private static string LastKey(string table, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"WHEN {number} THEN max(coalesce((SELECT max(id) FROM {table}), 0), coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0))");

    private static string Source(RowStatement statement)
    {
        var width = statement.Cells.Sum(static kind => kind == CellKind.Integer ? SqliteCells.NumberWidth : 2 * SqliteCells.PlaceWidth);
        var text = new StringBuilder("(SELECT ");
        var at = 1;
        for (var i = 0; i < statement.Cells.Count; i++)
        {
            string Next(int digits)
            {
                var cell = string.Create(CultureInfo.InvariantCulture, $"CAST(substr({RowsParameter}, key * {width} + {at}, {digits}) AS INTEGER)");
                at += digits;
                return cell;
            }

            text.Append(i == 0 ? string.Empty : ", ").Append(statement.Cells[i] switch
            {
                CellKind.Integer => $"nullif({Next(SqliteCells.NumberWidth)}, {long.MinValue.ToString(CultureInfo.InvariantCulture)})",
                CellKind.Document =>
                    $"CAST(substr({DocumentsParameter}, {Next(SqliteCells.PlaceWidth)} - {FirstByteParameter}, {Next(SqliteCells.PlaceWidth)}) AS TEXT)",
                _ => $"CAST(substr({TextsParameter}, nullif({Next(SqliteCells.PlaceWidth)}, 0), {Next(SqliteCells.PlaceWidth)}) AS TEXT)",
            }).Append(CultureInfo.InvariantCulture, $" AS c{i}");
        }

        return text.Append(CultureInfo.InvariantCulture, $" FROM {Numbers})").ToString();
    }
}
