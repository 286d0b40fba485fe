using System.Data.Common;
using System.Globalization;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>PostgreSQL: rows come as arrays, one for each column; what is found is locked until the transaction ends.</summary>
internal sealed class PostgreSqlEventSql : EventSql
{
    private const string DocumentsParameter = "documents";

    /// <summary>How many documents' bytes stand before the first one that is given.</summary>
    private const string FirstByteParameter = "first";

    private PostgreSqlEventSql()
    {
    }

    internal static PostgreSqlEventSql Instance { get; } = new();

    internal override RowStatement NextKeys { get; } = new(
        "SELECT r.c0, nextval(s.name) FROM <rows> r CROSS JOIN LATERAL (SELECT pg_get_serial_sequence(quote_ident(r.c1), 'id')::regclass AS name OFFSET 0) s "
        + "CROSS JOIN LATERAL generate_series(1, r.c2) ORDER BY r.c0",
        CellKind.Integer,
        CellKind.Text,
        CellKind.Integer);

    internal override bool GivesLastKeys => false;

    internal override RowStatement FastCompression { get; } = new(
        "SELECT r.c0 FROM <rows> r JOIN pg_settings s ON s.name = 'default_toast_compression' AND r.c0 = ANY(s.enumvals)", CellKind.Text);

    internal override RowStatement SetCompression { get; } = new(
        "SELECT current_setting('default_toast_compression'), set_config('default_toast_compression', r.c0, true) FROM <rows> r", CellKind.Text);

    internal override DbCommand CreateCommand(DbConnection connection, RowStatement statement) => Create(
        connection,
        WithLocks(statement.Text, static (order, tables) => $"ORDER BY {order} FOR NO KEY UPDATE OF {tables}")
            .Replace(Rows, Source(statement), StringComparison.Ordinal)
            .Replace(Given, "OVERRIDING SYSTEM VALUE ", StringComparison.Ordinal)
            .Replace(EmptyList, "ARRAY[]::text[]", StringComparison.Ordinal),
        Enumerable.Range(0, PostgreSqlCells.ColumnsOf(statement.Cells)).Select(Parameter)
            .Concat(statement.HasDocuments ? [DocumentsParameter, FirstByteParameter] : []));

    internal override RowCells CreateCells(RowStatement statement) => new PostgreSqlCells(statement.Cells);

    internal override void Bind(DbCommand command, RowStatement statement, RowCells cells, DocumentBuffer documents)
    {
        ((PostgreSqlCells)cells).BindTo(command);
        if (statement.HasDocuments)
        {
            var part = cells.Documents;
            command.Parameters[DocumentsParameter].Value = documents.Written.Slice(part.Offset, part.Length);
            command.Parameters[FirstByteParameter].Value = part.Offset;
        }
    }

    internal override DateTimeOffset Instant(DbDataReader reader, int column) =>
        new(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc));

    /// <summary>A document is given as where it stands and how long it is.</summary>
    private static string Source(RowStatement statement)
    {
        var (arrays, names, cells) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var kind in statement.Cells)
        {
            var column = Name('c', cells.Count);
            var parts = kind == CellKind.Document ? 2 : 1;
            for (var part = 0; part < parts; part++)
            {
                arrays.Add($"@{Parameter(arrays.Count)}::{TypeOf(kind)}[]");
                names.Add(Name('u', names.Count));
            }

            cells.Add(kind == CellKind.Document
                ? $"convert_from(substring(@{DocumentsParameter} FROM {names[^2]}::integer - @{FirstByteParameter}::integer "
                    + $"FOR {names[^1]}::integer), 'UTF8') AS {column}"
                : $"{names[^1]} AS {column}");
        }

        return $"(SELECT {string.Join(", ", cells)} FROM unnest({string.Join(", ", arrays)}) AS u({string.Join(", ", names)}))";
    }

    private static string Name(char letter, int number) => string.Create(CultureInfo.InvariantCulture, $"{letter}{number}");

    private static string Parameter(int column) => string.Create(CultureInfo.InvariantCulture, $"p{column}");

    private static string TypeOf(CellKind cell) => cell switch
    {
        CellKind.Integer or CellKind.Document => "bigint",
        CellKind.Instant => "timestamptz",
        _ => "text",
    };
}
