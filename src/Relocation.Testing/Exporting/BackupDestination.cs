using Relocation.Testing.Exporting;
using Relocation.Testing.Files;

namespace Relocation.Testing;

/// <summary>Where a backup is written: a file or a stream, plain, compressed or in an envelope.</summary>
public sealed class BackupDestination
{
    private readonly string? _path;
    private readonly Stream? _stream;

    private BackupDestination(string name, string? path, Stream? stream)
    {
        Name = name;
        _path = path;
        _stream = stream;
    }

    /// <summary>The destination's name, as messages show it: for a file, its path as it was given.</summary>
    public string Name { get; }

    /// <summary>Whether the text is compressed by gzip. Default: no.</summary>
    public bool IsCompressed { get; private init; }

    /// <summary>What the backup is put into. Default: null, nothing.</summary>
    public BackupEnvelope? Envelope { get; private init; }

    /// <summary>A file. It appears whole or not at all: until the end, another file beside it is written.</summary>
    /// <param name="path">
    /// The file's path; a file that is there is replaced at the end and keeps its permissions. A symbolic link is followed, and stays. A pipe or
    /// device is written to as it is.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static BackupDestination ToFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new BackupDestination(path, path, null);
    }

    /// <summary>A stream, for example standard output. It stays open. What is written by the time of a failure stays written.</summary>
    /// <param name="stream">A stream that can be written.</param>
    /// <param name="name">The destination's name, as messages show it. Default: <c>stream</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot be written.</exception>
    public static BackupDestination ToStream(Stream stream, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.CanWrite
            ? new BackupDestination(name, null, stream)
            : throw new ArgumentException("The stream cannot be written. Give one that is open for writing.", nameof(stream));
    }

    /// <summary>The same destination, with the text compressed by gzip.</summary>
    /// <exception cref="InvalidOperationException">The destination has an envelope: others could not read what is in it.</exception>
    public BackupDestination Compressed() =>
        Envelope is not null ? throw ExportErrors.CompressedInEnvelope() : new(Name, _path, _stream) { IsCompressed = true };

    /// <summary>The same destination, with the backup in an envelope. Its JSON is compact.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <exception cref="InvalidOperationException">The destination is compressed: others could not read what is in it.</exception>
    public BackupDestination PutInto(BackupEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return IsCompressed ? throw ExportErrors.CompressedInEnvelope() : new(Name, _path, _stream) { Envelope = envelope };
    }

    /// <summary>Writes a backup that something else makes, with all that the destination does to it.</summary>
    /// <param name="write">Writes the backup's JSON to the stream that it is given, as UTF-8. It does not close the stream.</param>
    /// <param name="cancellationToken">Cancels the writing; no file is left, and one that was there is as it was.</param>
    /// <exception cref="ExportException">The destination cannot be written.</exception>
    public async Task WriteAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        var target = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (target.ConfigureAwait(false))
        {
            await write(target.Stream, cancellationToken).ConfigureAwait(false);
            await target.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the destination for one backup.</summary>
    internal async Task<OpenDestination> OpenAsync(CancellationToken cancellationToken)
    {
        var file = _stream is null ? await CreateFileAsync(cancellationToken).ConfigureAwait(false) : null;
        try
        {
            return await OpenDestination.OpenAsync(this, file, _stream ?? file!.Stream, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (file is not null)
            {
                await file.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    private async Task<TargetFile> CreateFileAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TargetFile.CreateAsync(_path!, cancellationToken).ConfigureAwait(false);
        }
        catch (TargetFileException exception)
        {
            throw new ExportException(exception.Message, exception);
        }
    }
}
