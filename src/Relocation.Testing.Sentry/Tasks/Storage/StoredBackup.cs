namespace Relocation.Testing.Sentry.Tasks.Storage;

/// <summary>An open backup of the storage.</summary>
internal sealed class StoredBackup : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly WatchedDecryptor? _decryptor;

    private StoredBackup(Stream stream, Backup backup, WatchedDecryptor? decryptor)
    {
        _stream = stream;
        Backup = backup;
        _decryptor = decryptor;
    }

    /// <summary>The backup's text, decrypted if necessary.</summary>
    internal Backup Backup { get; }

    /// <summary>Whether the form of the encrypted file was correct, as far as it was read.</summary>
    internal bool IsTarball => _decryptor?.WasAsked != false;

    /// <summary>Opens a file as given.</summary>
    internal static async Task<StoredBackup> OpenRawAsync(
        RelocationTaskOptions options, string name, bool isPlainFine, CancellationToken cancellationToken)
    {
        var isPlain = isPlainFine && await IsPlainAsync(options, name, cancellationToken).ConfigureAwait(false);
        var stream = await OpenStreamAsync(options, name, cancellationToken).ConfigureAwait(false);
        return isPlain ? OfPlain(stream, name) : OfTarball(stream, name, options);
    }

    /// <summary>Opens a task's export; null if there is none with that name.</summary>
    internal static async Task<StoredBackup?> TryOpenExportAsync(
        RelocationTaskOptions options, string name, bool isPlain, CancellationToken cancellationToken)
    {
        var stream = await options.Storage.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        return stream is null ? null : isPlain ? OfPlain(stream, name) : OfTarball(stream, name, options);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static async Task<Stream> OpenStreamAsync(RelocationTaskOptions options, string name, CancellationToken cancellationToken) =>
        await options.Storage.OpenAsync(name, cancellationToken).ConfigureAwait(false) ?? throw Errors.FileOfTaskMissing(name);

    private static StoredBackup OfPlain(Stream stream, string name) => new(stream, Backup.FromStream(stream, name), null);

    private static StoredBackup OfTarball(Stream stream, string name, RelocationTaskOptions options)
    {
        var decryptor = new WatchedDecryptor(options.Decryptor ?? throw Errors.NoDecryptor());
        return new StoredBackup(stream, Backup.FromStream(stream, name).DecryptedWith(decryptor), decryptor);
    }

    /// <summary>
    /// JSON begins with a bracket, blanks or a byte-order mark, gzip with its magic number, a tarball with the name of its first member.
    /// </summary>
    private static async Task<bool> IsPlainAsync(RelocationTaskOptions options, string name, CancellationToken cancellationToken)
    {
        // Not every storage has seekable files.
        var stream = await OpenStreamAsync(options, name, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var first = new byte[1];
            var read = await stream.ReadAsync(first, cancellationToken).ConfigureAwait(false);
            return read == 1 && first[0] is (byte)'[' or (byte)'{' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0x1F;
        }
    }
}
