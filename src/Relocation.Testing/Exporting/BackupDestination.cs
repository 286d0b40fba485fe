using Relocation.Testing.Exporting;

namespace Relocation.Testing;

/// <summary>Where a backup is written: a file or a stream, plain, compressed or encrypted.</summary>
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

    /// <summary>Whether the backup becomes an encrypted tarball. Default: no.</summary>
    public bool IsEncrypted => Encryptor is not null;

    private BackupEncryptor? Encryptor { get; init; }

    /// <summary>A file. It appears whole or not at all: until the end, another file beside it is written.</summary>
    /// <param name="path">The file's path; a file that is there is replaced at the end. A pipe or device is written as it is.</param>
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
    /// <exception cref="InvalidOperationException">The destination is encrypted: others could not read what is in it.</exception>
    public BackupDestination Compressed() =>
        IsEncrypted ? throw Errors.CompressedAndEncrypted() : new(Name, _path, _stream) { IsCompressed = true };

    /// <summary>
    /// The same destination, as a tarball that only whoever has the private key can read (import specification, section 7.5). Its content
    /// is encrypted before it touches a disk.
    /// </summary>
    /// <param name="encryptor">Whose key it is.</param>
    /// <exception cref="InvalidOperationException">The destination is compressed: others could not read what is in it.</exception>
    public BackupDestination EncryptedWith(BackupEncryptor encryptor)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        return IsCompressed ? throw Errors.CompressedAndEncrypted() : new(Name, _path, _stream) { Encryptor = encryptor };
    }

    /// <summary>Opens the destination for one backup.</summary>
    internal async Task<OpenDestination> OpenAsync(CancellationToken cancellationToken)
    {
        var file = _stream is null ? TargetFile.Create(_path!) : null;
        try
        {
            return await OpenDestination.OpenAsync(this, file, _stream ?? file!.Stream, Encryptor, cancellationToken).ConfigureAwait(false);
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
}
