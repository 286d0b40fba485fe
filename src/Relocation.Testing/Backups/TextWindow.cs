using System.Buffers;

namespace Relocation.Testing.Backups;

/// <summary>The part of a backup's text that is in memory: at most one record and a block.</summary>
/// <param name="content">The text.</param>
/// <param name="blockSize">How many bytes are read at a time.</param>
internal sealed class TextWindow(BackupContent content, int blockSize) : IAsyncDisposable
{
    internal const int DefaultBlockSize = 128 * 1024;

    private byte[] _buffer = [];
    private int _capacity;
    private int _start;
    private int _end;
    private Stream? _stream;

    /// <summary>Where the unread part begins in the decoded text.</summary>
    internal long Offset { get; private set; }

    /// <summary>Whether the text ends with the unread part.</summary>
    internal bool IsFinal { get; private set; }

    internal ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    internal void Consume(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Reads on behind the unread part, which stays; the buffer grows when it is full.</summary>
    internal async ValueTask RefillAsync(CancellationToken cancellationToken)
    {
        _stream ??= await content.OpenReadAsync(0, cancellationToken).ConfigureAwait(false);
        if (_start > 0)
        {
            Unread.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _capacity)
        {
            Grow();
        }

        var read = await content.ReadAsync(_stream, _buffer.AsMemory(_end, _capacity - _end), cancellationToken).ConfigureAwait(false);
        IsFinal = _end + read < _capacity;
        _end += read;
    }

    /// <summary>Goes to an offset: on in the same stream where it is near or cannot be reached otherwise, else by opening another.</summary>
    internal async ValueTask MoveToAsync(long offset, CancellationToken cancellationToken)
    {
        var isForward = offset >= Offset;
        var isNear = isForward && offset - Offset <= Unread.Length + blockSize;
        var isReachable = isForward && !content.CanSeek;
        if (!isNear && !isReachable)
        {
            await CloseAsync().ConfigureAwait(false);
            _stream = await content.OpenReadAsync(offset, cancellationToken).ConfigureAwait(false);
            Offset = offset;
            return;
        }

        while (offset - Offset > Unread.Length && !IsFinal)
        {
            Consume(Unread.Length);
            await RefillAsync(cancellationToken).ConfigureAwait(false);
        }

        Consume((int)Math.Min(offset - Offset, Unread.Length));
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        Exchange([]);
    }

    private void Grow()
    {
        _capacity = Math.Max(blockSize, (int)Math.Min(2L * _capacity, Array.MaxLength));
        var larger = ArrayPool<byte>.Shared.Rent(_capacity);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        Exchange(larger);
    }

    private void Exchange(byte[] other)
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = other;
    }

    private async ValueTask CloseAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
            _stream = null;
        }

        (_start, _end, IsFinal) = (0, 0, false);
    }
}
