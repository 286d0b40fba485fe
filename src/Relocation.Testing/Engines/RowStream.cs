namespace Relocation.Testing.Engines;

/// <summary>The rows of a query, one after the other.</summary>
internal sealed class RowStream : IAsyncDisposable
{
    private const int RowsInBatch = 128;

    private readonly StoredRows _rows;
    private int _row = -1;
    private bool _isAtEnd;

    private RowStream(StoredRows rows, IReadOnlyList<RelocationField> columns)
    {
        _rows = rows;
        Batch = new RowBatch(columns, RowsInBatch);
    }

    /// <summary>The rows that were read together; the current one is among them.</summary>
    internal RowBatch Batch { get; }

    /// <summary>Whether there is a current row.</summary>
    internal bool HasRow => !_isAtEnd;

    /// <summary>The current row's cells.</summary>
    internal ReadOnlySpan<Cell> Row => Batch.Row(_row);

    /// <summary>Opens a query; the first row is the current one.</summary>
    internal static async Task<RowStream> OpenAsync(ExportTransaction transaction, ExportQuery query, CancellationToken cancellationToken)
    {
        var stream = new RowStream(await transaction.OpenAsync(query, cancellationToken).ConfigureAwait(false), query.Columns);
        try
        {
            await stream.MoveAsync(cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Goes to the next row.</summary>
    internal ValueTask MoveAsync(CancellationToken cancellationToken)
    {
        _row++;
        return _row < Batch.Count || _isAtEnd ? ValueTask.CompletedTask : FillAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync().ConfigureAwait(false);
        Batch.Dispose();
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        Batch.Clear();
        await _rows.FillAsync(Batch, cancellationToken).ConfigureAwait(false);
        _row = 0;
        _isAtEnd = Batch.Count == 0;
    }
}
