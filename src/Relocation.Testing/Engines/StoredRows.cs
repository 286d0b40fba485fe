namespace Relocation.Testing.Engines;

/// <summary>The rows of a query, a few at a time.</summary>
internal abstract class StoredRows : IAsyncDisposable
{
    /// <summary>How many bytes of a batch are enough: a few large rows do not wait for many more.</summary>
    private protected const int EnoughBytes = 128 * 1024;

    /// <summary>Reads the next rows into a batch that is empty; none at the end.</summary>
    /// <exception cref="ExportException">A value cannot be read.</exception>
    internal abstract ValueTask FillAsync(RowBatch batch, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
