using System.Data.Common;
using System.Globalization;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>PostgreSQL: rows come as arrays, one for each column; what is found is locked until the transaction ends.</summary>
internal sealed class PostgreSqlEventSql : EventSql
{
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

    internal override DbCommand CreateCommand(DbConnection connection, RowStatement statement) => Create(
        connection,
        WithLocks(statement.Text, static tables => $"FOR NO KEY UPDATE OF {tables}")
            .Replace(Rows, Source(statement), StringComparison.Ordinal)
            .Replace(Given, "OVERRIDING SYSTEM VALUE ", StringComparison.Ordinal)
            .Replace(EmptyList, "ARRAY[]::text[]", StringComparison.Ordinal),
        Enumerable.Range(0, statement.Cells.Count).Select(Parameter));

    internal override RowCells CreateCells(RowStatement statement, DocumentBuffer documents) => new PostgreSqlCells(statement.Cells, documents);

    internal override void Bind(DbCommand command, RowStatement statement, RowCells cells, Func<byte[]> documents) =>
        ((PostgreSqlCells)cells).BindTo(command);

    internal override DateTimeOffset Instant(DbDataReader reader, int column) =>
        new(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc));

    private static string Source(RowStatement statement)
    {
        var arrays = statement.Cells.Select((cell, i) => $"@{Parameter(i)}::{TypeOf(cell)}[]");
        var names = Enumerable.Range(0, statement.Cells.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"c{i}"));
        return $"(SELECT * FROM unnest({string.Join(", ", arrays)}) AS u({string.Join(", ", names)}))";
    }

    private static string Parameter(int column) => string.Create(CultureInfo.InvariantCulture, $"p{column}");

    private static string TypeOf(CellKind cell) => cell switch
    {
        CellKind.Integer => "bigint",
        CellKind.Instant => "timestamptz",
        _ => "text",
    };
}
