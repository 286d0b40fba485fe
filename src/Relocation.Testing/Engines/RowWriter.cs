namespace Relocation.Testing.Engines;

/// <summary>Writes rows of one table.</summary>
internal abstract class RowWriter : IAsyncDisposable
{
    /// <summary>How many rows a batch should hold for this writer.</summary>
    internal abstract int BatchCapacity { get; }

    /// <summary>Writes all rows of the batch. The batch may be cleared when the call returns.</summary>
    /// <exception cref="RowRefusedException">The database refused a row.</exception>
    internal abstract ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken);

    /// <summary>Makes sure that every row has arrived.</summary>
    /// <exception cref="RowRefusedException">The database refused a row.</exception>
    internal abstract ValueTask CompleteAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
