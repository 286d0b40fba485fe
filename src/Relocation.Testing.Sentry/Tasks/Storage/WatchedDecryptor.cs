namespace Relocation.Testing.Sentry.Tasks.Storage;

/// <summary>
/// Records whether it was called: a tarball that is refused before has the wrong form; one that is refused afterwards could not be
/// decrypted.
/// </summary>
internal sealed class WatchedDecryptor(BackupDecryptor decryptor) : BackupDecryptor
{
    internal bool WasAsked { get; private set; }

    public override ValueTask<byte[]> DecryptKeyAsync(ReadOnlyMemory<byte> encryptedKey, string publicKey, CancellationToken cancellationToken)
    {
        WasAsked = true;
        return decryptor.DecryptKeyAsync(encryptedKey, publicKey, cancellationToken);
    }
}
