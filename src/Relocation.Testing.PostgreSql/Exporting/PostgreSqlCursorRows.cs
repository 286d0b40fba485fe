using System.Data;
using Npgsql;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Exporting;

/// <summary>Rows of a query that are fetched a few at a time, so that other queries can be read between them.</summary>
internal sealed class PostgreSqlCursorRows(ExportQuery query, string cursor, NpgsqlConnection connection) : StoredRows
{
    internal override async ValueTask FillAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand($"FETCH FORWARD {batch.Capacity} FROM {cursor}", connection) { CommandTimeout = 0 };
        await using var closing = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            RowValues.Read(query, reader, batch);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        // A transaction that has failed has closed it already.
        try
        {
            var command = new NpgsqlCommand($"CLOSE {cursor}", connection);
            await using var closing = command.ConfigureAwait(false);
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
        }
    }
}
