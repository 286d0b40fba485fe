using Relocation.Testing.Engines;

namespace Relocation.Testing.Importing.Resuming;

/// <summary>Takes rows that an earlier attempt of the import has written and committed.</summary>
internal sealed class DiscardingWriter : RowWriter
{
    internal override int BatchCapacity => 1_024;

    internal override ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    internal override ValueTask CompleteAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
