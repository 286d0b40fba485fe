using System.IO.Compression;

namespace Relocation.Testing.Backups;

/// <summary>A backup's decoded text: without compression and byte-order mark, readable more than once.</summary>
internal sealed class BackupContent : IAsyncDisposable
{
    private static readonly byte[] GzipMark = [0x1F, 0x8B];
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];

    private readonly ByteSource _original;
    private ByteSource _source;
    private bool _isCompressed;
    private int _markLength;

    private BackupContent(string name, ByteSource source)
    {
        Name = name;
        _original = source;
        _source = source;
    }

    internal string Name { get; }

    /// <summary>Whether reading can begin anywhere at no cost. Compressed text is read from the start until it is spooled.</summary>
    internal bool CanSeek => !_isCompressed;

    /// <summary>The length of the decoded text, when it is known.</summary>
    internal long? Length => _isCompressed ? null : _source.Length - _markLength;

    /// <summary>Opens a backup.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="cancellationToken">Cancels the opening; a stream that cannot seek is copied during it.</param>
    /// <exception cref="BackupFormatException">There is no such file, or it cannot be read.</exception>
    internal static async Task<BackupContent> OpenAsync(Backup backup, CancellationToken cancellationToken)
    {
        var source = await backup.OpenAsync(cancellationToken).ConfigureAwait(false);
        var content = new BackupContent(backup.Name, source);
        try
        {
            var first = await content.ReadFirstBytesAsync(GzipMark.Length, cancellationToken).ConfigureAwait(false);
            content._isCompressed = first.AsSpan().SequenceEqual(GzipMark);
            first = await content.ReadFirstBytesAsync(ForeignContent.Length, cancellationToken).ConfigureAwait(false);
            if (ForeignContent.KindOf(first) is { } foreign)
            {
                throw BackupErrors.BackupIsForeign(backup.Name, foreign);
            }

            content._markLength = first.AsSpan().StartsWith(Utf8Mark) ? Utf8Mark.Length : 0;
            return content;
        }
        catch
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens the text for reading at an offset. Beginning compressed text elsewhere than at its start spools it first.</summary>
    /// <param name="offset">The offset in the decoded text.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="BackupFormatException">The backup changed since it was opened, or cannot be read.</exception>
    internal async ValueTask<Stream> OpenReadAsync(long offset, CancellationToken cancellationToken)
    {
        ThrowIfChanged();
        if (_isCompressed && offset > 0)
        {
            await SpoolAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!_isCompressed)
        {
            return new SourceStream(_source, offset + _markLength);
        }

        var stream = OpenDecoded();
        if (_markLength > 0)
        {
            _ = await ReadAsync(stream, new byte[_markLength], cancellationToken).ConfigureAwait(false);
        }

        return stream;
    }

    /// <summary>Reads until the buffer is full or the text ends.</summary>
    /// <param name="stream">A stream of this content.</param>
    /// <param name="buffer">The buffer.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>How many bytes were read; fewer than the buffer takes only at the end of the text.</returns>
    /// <exception cref="BackupFormatException">Reading failed, or the compressed data is damaged.</exception>
    internal async ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            throw BackupErrors.BackupDamaged(Name, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.BackupUnreadable(Name, exception);
        }
    }

    /// <exception cref="BackupFormatException">The backup changed since it was opened.</exception>
    internal void ThrowIfChanged()
    {
        if (!_source.IsUnchanged())
        {
            throw BackupErrors.BackupChanged(Name, null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync().ConfigureAwait(false);
        await _original.DisposeAsync().ConfigureAwait(false);
    }

    private Stream OpenDecoded()
    {
        var stream = new SourceStream(_source, 0);
        return _isCompressed ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    private async Task<byte[]> ReadFirstBytesAsync(int count, CancellationToken cancellationToken)
    {
        var stream = OpenDecoded();
        await using var lease = stream.ConfigureAwait(false);
        var bytes = new byte[count];
        var read = await ReadAsync(stream, bytes, cancellationToken).ConfigureAwait(false);
        return bytes[..read];
    }

    private async Task SpoolAsync(CancellationToken cancellationToken)
    {
        var stream = OpenDecoded();
        await using var lease = stream.ConfigureAwait(false);
        _source = await SpoolFile.CreateAsync(stream, Name, cancellationToken).ConfigureAwait(false);
        _isCompressed = false;
    }
}
