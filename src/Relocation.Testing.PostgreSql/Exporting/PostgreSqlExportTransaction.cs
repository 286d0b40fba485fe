using System.Data;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Resetting;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.PostgreSql.Waiting;

namespace Relocation.Testing.Exporting;

/// <summary>Reads a PostgreSQL database at one moment.</summary>
internal sealed class PostgreSqlExportTransaction : ExportTransaction
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction? _own;
    private readonly LockWatch _watch;
    private string? _putSettingsBack;
    private int _cursors;

    private PostgreSqlExportTransaction(NpgsqlConnection connection, NpgsqlTransaction? own, Patience patience)
    {
        _watch = new LockWatch(connection, patience);
        _connection = connection;
        _own = own;
    }

    internal static async Task<ExportTransaction> BeginAsync(
        NpgsqlConnection connection, NpgsqlTransaction? outer, Patience patience, CancellationToken cancellationToken)
    {
        if (outer is not null)
        {
            var within = new PostgreSqlExportTransaction(connection, null, patience);
            within._putSettingsBack = await RowSecurity.TurnOffAsync(connection, cancellationToken).ConfigureAwait(false)
                + "; " + await TextForms.FixAsync(connection, cancellationToken).ConfigureAwait(false)
                + "; " + await within._watch.BeginInOuterAsync(cancellationToken).ConfigureAwait(false);
            return within;
        }

        var own = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        var transaction = new PostgreSqlExportTransaction(connection, own, patience);
        try
        {
            await transaction._watch.BeginAsync([RowSecurity.Off, .. TextForms.Fix, "SET TRANSACTION READ ONLY"], cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal override string ColumnsSql(string? schema, string table)
    {
        var name = PostgreSqlNames.Quote(table);
        var literal = PostgreSqlCatalog.Literal(schema is null ? name : $"{PostgreSqlNames.Quote(schema)}.{name}");
        return $"SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass({literal}) AND attnum > 0 AND NOT attisdropped";
    }

    internal override string Selected(RelocationField field, string column) => ColumnForm.Selected(field, column);

    internal override string Ordered(RelocationField field, string column) =>
        field.Type == FieldType.Text ? $"{column}::text COLLATE \"C\"" : column;

    internal override async Task<StoredRows> OpenAsync(ExportQuery query, CancellationToken cancellationToken)
    {
        try
        {
            if (!query.IsInterleaved)
            {
                var command = new NpgsqlCommand(query.Sql, _connection) { CommandTimeout = 0 };
                try
                {
                    var reader = await _watch.WhileAsync(
                        () => command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken), cancellationToken).ConfigureAwait(false);
                    return new PostgreSqlStoredRows(query, command, reader);
                }
                catch
                {
                    await command.DisposeAsync().ConfigureAwait(false);
                    throw;
                }
            }

            // A connection has one reader at a time, but as many cursors as are wanted.
            var cursor = $"relocation_export_{++_cursors}";
            await _watch.WhileAsync(
                () => ExecuteAsync($"DECLARE {cursor} NO SCROLL CURSOR FOR {query.Sql}", cancellationToken), cancellationToken).ConfigureAwait(false);
            return new PostgreSqlCursorRows(query, cursor, _connection);
        }
        catch (PostgresException refusal) when (RowSecurity.IsRefusal(refusal))
        {
            throw ExportErrors.RowsHidden(query.Label, "PostgreSQL", RowSecurity.Explain(refusal), refusal);
        }
        catch (PostgresException refusal)
        {
            throw ExportErrors.ExportRefused(query.Label, "PostgreSQL", PostgreSqlFaults.WordsOf(refusal), refusal);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync().ConfigureAwait(false);
        }
        else if (_putSettingsBack is { } setting)
        {
            try
            {
                await ExecuteAsync(setting, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
            {
                // The transaction has failed, and its end puts the setting back.
            }
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        await using var closing = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
