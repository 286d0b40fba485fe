using Npgsql;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Exporting;

/// <summary>Rows of a query as the server sends them.</summary>
internal sealed class PostgreSqlStoredRows(ExportQuery query, NpgsqlCommand command, NpgsqlDataReader reader) : StoredRows
{
    internal override async ValueTask FillAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        while (!batch.IsFull && batch.BytesUsed < EnoughBytes && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            RowValues.Read(query, reader, batch);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync().ConfigureAwait(false);
        await command.DisposeAsync().ConfigureAwait(false);
    }
}
