using System.Data;
using Npgsql;
using Relocation.Testing.PostgreSql;

namespace Relocation.Testing.Exporting;

/// <summary>Reads a PostgreSQL database at one moment.</summary>
internal sealed class PostgreSqlExportTransaction : ExportTransaction
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction? _own;
    private string? _putRowSecurityBack;
    private int _cursors;

    private PostgreSqlExportTransaction(NpgsqlConnection connection, NpgsqlTransaction? own)
    {
        _connection = connection;
        _own = own;
    }

    internal static async Task<ExportTransaction> BeginAsync(
        NpgsqlConnection connection, NpgsqlTransaction? outer, CancellationToken cancellationToken)
    {
        if (outer is not null)
        {
            return new PostgreSqlExportTransaction(connection, null)
            {
                _putRowSecurityBack = await RowSecurity.TurnOffAsync(connection, cancellationToken).ConfigureAwait(false),
            };
        }

        var own = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        var transaction = new PostgreSqlExportTransaction(connection, own);
        try
        {
            await transaction.ExecuteAsync($"SET TRANSACTION READ ONLY; {RowSecurity.Off}", cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
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
                var command = new NpgsqlCommand(query.Sql, _connection);
                try
                {
                    var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
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
            await ExecuteAsync($"DECLARE {cursor} NO SCROLL CURSOR FOR {query.Sql}", cancellationToken).ConfigureAwait(false);
            return new PostgreSqlCursorRows(query, cursor, _connection);
        }
        catch (PostgresException refusal) when (RowSecurity.IsRefusal(refusal))
        {
            throw Errors.RowsHidden(query.Label, "PostgreSQL", RowSecurity.Explain(refusal), refusal);
        }
        catch (PostgresException refusal)
        {
            throw Errors.ExportRefused(query.Label, "PostgreSQL", PostgreSqlFaults.WordsOf(refusal), refusal);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync().ConfigureAwait(false);
        }
        else if (_putRowSecurityBack is { } setting)
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
        var command = new NpgsqlCommand(sql, _connection);
        await using var closing = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
