namespace Relocation.Testing.Sentry.Encryption;

/// <summary>Reads keys from files.</summary>
internal static class PemFile
{
    private const int LongestKey = 64 * 1024;

    /// <exception cref="EncryptionException">The file cannot be read, or is no key.</exception>
    internal static async ValueTask<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LongestKey })
            {
                throw EncryptionErrors.KeyFileTooLarge(path);
            }

            return await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw EncryptionErrors.KeyFileUnreadable(path, exception);
        }
    }
}
