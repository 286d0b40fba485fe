namespace Relocation.Testing.Cli.Eventing;

/// <summary>The part of a stream that was already read, followed by the rest.</summary>
internal sealed class JoinedStream(byte[] beginning, Stream rest) : Stream
{
    private int _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Give(buffer.AsSpan(offset, count)) is > 0 and var given
        ? given
        : rest.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Give(buffer.Span) is > 0 and var given
        ? ValueTask.FromResult(given)
        : rest.ReadAsync(buffer, cancellationToken);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Give(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, beginning.Length - _given);
        beginning.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }
}
