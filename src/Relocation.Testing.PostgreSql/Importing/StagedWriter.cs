using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Encoders;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.PostgreSql.Waiting;

namespace Relocation.Testing.Importing;

/// <summary>
/// Writes rows with values that only the server reads: they are copied into a temporary table that holds them as text, and cast on
/// their way into the real one, which keeps their order.
/// </summary>
internal sealed class StagedWriter : RowWriter
{
    private const string Savepoint = "relocation_staged";
    private const string Trial = "relocation_trial";

    private readonly NpgsqlConnection _connection;
    private readonly DatabaseEngine _engine;
    private readonly TargetTable _table;
    private readonly IReadOnlyList<RelocationField> _columns;
    private readonly string _temporary;
    private readonly CopyWriter _copy;
    private readonly LockWatch _watch;

    private StagedWriter(
        NpgsqlConnection connection,
        DatabaseEngine engine,
        TargetTable table,
        IReadOnlyList<RelocationField> columns,
        string temporary,
        CopyWriter copy,
        LockWatch watch) =>
        (_connection, _engine, _table, _columns, _temporary, _copy, _watch) = (connection, engine, table, columns, temporary, copy, watch);

    internal override int BatchCapacity => _copy.BatchCapacity;

    internal static bool IsNeededFor(IEnumerable<RelocationField> columns) => columns.Any(field => field.IsServerText);

    /// <summary>The columns of a table as a temporary one holds them.</summary>
    internal static string Selected(DatabaseEngine engine, IEnumerable<RelocationField> columns) => string.Join(", ", columns.Select(field =>
        field.IsServerText ? $"{engine.Quote(field.Column)}::text AS {engine.Quote(field.Column)}" : engine.Quote(field.Column)));

    /// <summary>A value of a temporary table as the real one holds it. A cast to a length would cut bits off; an assignment checks it.</summary>
    internal static string Cast(DatabaseEngine engine, TargetTable table, RelocationField field, string column) =>
        field.IsServerText ? $"{column}::{table.ColumnOf(field).CastText}" : column;

    internal static async Task<StagedWriter> OpenAsync(
        NpgsqlConnection connection,
        DatabaseEngine engine,
        TargetTable table,
        IReadOnlyList<RelocationField> columns,
        string temporary,
        CopyBuffer buffer,
        LockWatch watch,
        CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            $"CREATE TEMPORARY TABLE {temporary} ON COMMIT DROP AS SELECT {Selected(engine, columns)} FROM {table.QuotedName} WITH NO DATA",
            cancellationToken).ConfigureAwait(false);
        var copy = await CopyWriter.OpenAsync(connection, engine, table, columns, temporary, buffer, cancellationToken).ConfigureAwait(false);
        copy.Watch = watch;
        return new StagedWriter(connection, engine, table, columns, temporary, copy, watch);
    }

    internal void StopBy(ImportStop? stop) => _copy.Stop = stop;

    internal override ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken) => _copy.WriteAsync(batch, cancellationToken);

    internal override async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await _copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        var names = string.Join(", ", _columns.Select(field => _engine.Quote(field.Column)));
        var values = string.Join(", ", _columns.Select(field => Cast(_engine, _table, field, _engine.Quote(field.Column))));
        await _connection.ExecuteAsync($"SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
        try
        {
            await _watch.WhileAsync(
                () => _connection.ExecuteAsync(
                    $"INSERT INTO {_table.QuotedName} ({names}) OVERRIDING SYSTEM VALUE SELECT {values} FROM {_temporary}", cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            throw await RefusalAsync(exception, cancellationToken).ConfigureAwait(false);
        }

        await _connection.ExecuteAsync($"RELEASE SAVEPOINT {Savepoint}; DROP TABLE {_temporary}", cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => _copy.DisposeAsync();

    /// <summary>Which column and which row the server cannot read: the values are tried on a table of that column alone.</summary>
    private async Task<Exception> RefusalAsync(PostgresException exception, CancellationToken cancellationToken)
    {
        var refusal = ServerRefusal.Of(exception, _table.Name);
        if (refusal is not RowRefusedException)
        {
            return refusal;
        }

        await _connection.ExecuteAsync($"ROLLBACK TO SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
        foreach (var field in _columns.Where(field => field.IsServerText))
        {
            await _connection.ExecuteAsync(
                $"CREATE TEMPORARY TABLE {Trial} ON COMMIT DROP AS SELECT {_engine.Quote(field.Column)} FROM {_table.QuotedName} WITH NO DATA; "
                + $"SAVEPOINT {Trial}",
                cancellationToken).ConfigureAwait(false);
            var (can, cannot) = (0L, _copy.RowCount);
            if (await AreReadAsync(field, cannot, cancellationToken).ConfigureAwait(false))
            {
                await _connection.ExecuteAsync($"DROP TABLE {Trial}", cancellationToken).ConfigureAwait(false);
                continue;
            }

            for (var middle = cannot / 2; cannot - can > 1; middle = can + ((cannot - can) / 2))
            {
                (can, cannot) = await AreReadAsync(field, middle, cancellationToken).ConfigureAwait(false) ? (middle, cannot) : (can, middle);
            }

            var message = PostgreSqlErrors.ValueRefused(_table.Name, field.Column, PostgreSqlErrors.NotA("value", _table.ColumnOf(field).TypeText).Message);
            return new RowRefusedException(message, _copy.RankOf((int)cannot), RefusalKind.Other, field.Column, exception);
        }

        return refusal;
    }

    /// <summary>Whether the server reads a column of the first rows.</summary>
    private async Task<bool> AreReadAsync(RelocationField field, long rows, CancellationToken cancellationToken)
    {
        var name = _engine.Quote(field.Column);
        try
        {
            await _connection.ExecuteAsync(
                FormattableString.Invariant(
                    $"INSERT INTO {Trial} SELECT {Cast(_engine, _table, field, name)} FROM (SELECT {name} FROM {_temporary} LIMIT {rows}) AS r"),
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException exception) when (!PostgreSqlFaults.Of(exception)!.IsEnvironment)
        {
            return false;
        }
        finally
        {
            await _connection.ExecuteAsync($"ROLLBACK TO SAVEPOINT {Trial}", CancellationToken.None).ConfigureAwait(false);
        }
    }
}
