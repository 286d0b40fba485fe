namespace Relocation.Testing.Backups;

/// <summary>The rest of a caller's stream that can seek. It is left open.</summary>
internal sealed class StreamSource(Stream stream, long origin) : ByteSource
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly long _length = stream.Length - origin;

    internal override long Length => _length;

    internal override async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        // Readers at different offsets share the stream's one position.
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            stream.Position = origin + offset;
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    internal override bool IsUnchanged() => stream.Length - origin == _length;

    protected override ValueTask CloseAsync()
    {
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }
}
