namespace Relocation.Testing.Backups;

/// <summary>The bytes that a backup is stored in, readable at any offset and as often as needed.</summary>
internal abstract class ByteSource : IAsyncDisposable
{
    internal abstract long Length { get; }

    /// <summary>Reads some bytes; none at or after the end.</summary>
    internal abstract ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken);

    /// <summary>Whether the bytes are still those that were opened, as far as can be told without reading them.</summary>
    internal virtual bool IsUnchanged() => true;

    public ValueTask DisposeAsync() => CloseAsync();

    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;
}
