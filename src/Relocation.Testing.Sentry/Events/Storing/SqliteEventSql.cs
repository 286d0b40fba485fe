using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>SQLite: rows come as JSON, documents as parts of one blob. A transaction that writes is alone, so nothing is locked.</summary>
internal sealed class SqliteEventSql : EventSql
{
    private const string RowsParameter = "@rows";

    private const string DocumentsParameter = "@documents";

    /// <summary>How many documents' bytes stand before the first one that is given.</summary>
    private const string FirstByteParameter = "@first";

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
        WithLocks(statement.Text, static _ => string.Empty)
            .Replace(Rows, Source(statement), StringComparison.Ordinal)
            .Replace(Given, string.Empty, StringComparison.Ordinal)
            .Replace(EmptyList, "'[]'", StringComparison.Ordinal),
        statement.HasDocuments ? [RowsParameter, DocumentsParameter, FirstByteParameter] : [RowsParameter]);

    internal override RowCells CreateCells(RowStatement statement) => new SqliteCells();

    internal override void Bind(DbCommand command, RowStatement statement, RowCells cells, DocumentBuffer documents)
    {
        var rows = (SqliteCells)cells;
        rows.BindTo(command, RowsParameter);
        if (statement.HasDocuments)
        {
            // The driver takes whole arrays only, and copies them. What stands behind the last document is never looked at.
            var part = rows.Documents;
            var isSmall = part.Length < documents.Length / 2;
            command.Parameters[DocumentsParameter].Value = isSmall ? documents.Bytes(part).ToArray() : documents.Whole;
            command.Parameters[FirstByteParameter].Value = isSmall ? part.Offset : 0;
        }
    }

    internal override DateTimeOffset Instant(DbDataReader reader, int column) => InstantText.Parse(reader.GetString(column));

    private static string LastKey(string table, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"WHEN {number} THEN max(coalesce((SELECT max(id) FROM {table}), 0), coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0))");

    private static string Source(RowStatement statement)
    {
        var text = new StringBuilder("(SELECT ");
        var item = 0;
        for (var i = 0; i < statement.Cells.Count; i++)
        {
            var cell = statement.Cells[i] == CellKind.Document
                ? string.Create(CultureInfo.InvariantCulture, $"CAST(substr({DocumentsParameter}, (value ->> {item++}) - {FirstByteParameter}, value ->> {item++}) AS TEXT)")
                : string.Create(CultureInfo.InvariantCulture, $"value ->> {item++}");
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? string.Empty : ", ")}{cell} AS c{i}");
        }

        return text.Append(" FROM json_each(CAST(").Append(RowsParameter).Append(" AS TEXT)))").ToString();
    }
}
