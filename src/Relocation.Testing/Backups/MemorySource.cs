namespace Relocation.Testing.Backups;

/// <summary>Bytes in memory.</summary>
internal sealed class MemorySource(ReadOnlyMemory<byte> bytes) : ByteSource
{
    internal override long Length => bytes.Length;

    internal override ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        var rest = bytes[(int)Math.Min(offset, bytes.Length)..];
        var count = Math.Min(rest.Length, buffer.Length);
        rest.Span[..count].CopyTo(buffer.Span);
        return ValueTask.FromResult(count);
    }
}
