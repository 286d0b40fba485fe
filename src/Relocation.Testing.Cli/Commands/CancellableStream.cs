namespace Relocation.Testing.Cli.Commands;

/// <summary>A stream for reading that stops waiting when it is cancelled, which a terminal or pipe by itself does not.</summary>
internal sealed class CancellableStream(Stream inner) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The pending read may still write into its buffer after it was given up, so it has one of its own.
        var own = new byte[buffer.Length];
        var read = await Task.Run(() => inner.Read(own, 0, own.Length), CancellationToken.None).WaitAsync(cancellationToken)
            .ConfigureAwait(false);
        own.AsSpan(0, read).CopyTo(buffer.Span);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
