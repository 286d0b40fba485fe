namespace Relocation.Testing.Files;

/// <summary>A terminal, pipe or device whose reads and writes stop waiting when they are cancelled, which by themselves they do not.</summary>
internal sealed class CancellableStream(Stream inner) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

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

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The same holds for a pending write.
        var own = buffer.ToArray();
        await Task.Run(() => inner.Write(own, 0, own.Length), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        Task.Run(inner.Flush, CancellationToken.None).WaitAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Opens a pipe or device, for which the other end may have to be waited for.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    internal static async Task<CancellableStream> OpenAsync(string path, FileStreamOptions options, CancellationToken cancellationToken)
    {
        var opening = Task.Run(() => new FileStream(path, options), CancellationToken.None);
        try
        {
            return new CancellableStream(await opening.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            _ = CloseAsync(opening);
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static async Task CloseAsync(Task<FileStream> opening)
    {
        try
        {
            await (await opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody waits for it any more.
        }
    }
}
