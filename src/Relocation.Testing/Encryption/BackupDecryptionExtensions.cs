using Relocation.Testing.Encryption;

namespace Relocation.Testing;

/// <summary>Decrypts backups.</summary>
public static class BackupDecryptionExtensions
{
    /// <summary>The same backup, which is an encrypted tarball (docs/sentry-import.md, section 7.5), as its text.</summary>
    /// <remarks>What is decrypted stays in memory, a few kilobytes at a time; nothing of it reaches a disk.</remarks>
    /// <param name="backup">The encrypted backup.</param>
    /// <param name="decryptor">What has the private key.</param>
    public static Backup DecryptedWith(this Backup backup, BackupDecryptor decryptor)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(decryptor);
        return backup.Within(async (source, cancellationToken) =>
            await TarballSource.OpenAsync(source, backup.Name, decryptor, cancellationToken).ConfigureAwait(false));
    }
}
