using Relocation.Testing.Sentry.Encryption;

namespace Relocation.Testing;

/// <summary>Encrypts and decrypts backups as Sentry does: tarballs that only whoever has a private key can read (docs/sentry-import.md, section 7.5).</summary>
public static class SentryEncryption
{
    /// <summary>The same backup, which is an encrypted tarball, as its text.</summary>
    /// <remarks>
    /// What is decrypted stays in memory, a few kilobytes at a time; nothing of it reaches a disk. What is no such tarball, damaged, or
    /// encrypted for another key is refused by an <see cref="EncryptionException"/> when the backup is used.
    /// </remarks>
    /// <param name="backup">The encrypted backup.</param>
    /// <param name="decryptor">What has the private key.</param>
    public static Backup DecryptedWith(this Backup backup, BackupDecryptor decryptor)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(decryptor);
        return backup.OpenedFrom(new TarballEnvelope(null, decryptor));
    }

    /// <summary>The same destination, as an encrypted tarball. Its content is encrypted before it touches a disk.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="encryptor">Whose key it is.</param>
    /// <exception cref="InvalidOperationException">The destination is compressed: others could not read what is in it.</exception>
    public static BackupDestination EncryptedWith(this BackupDestination destination, BackupEncryptor encryptor)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(encryptor);
        return destination.PutInto(new TarballEnvelope(encryptor, null));
    }

    /// <summary>An envelope that both encrypts and decrypts, for example for <see cref="ExportCheckpoint.InFolder"/>.</summary>
    /// <param name="encryptor">Gives the public key.</param>
    /// <param name="decryptor">Has the private key of the same pair.</param>
    public static BackupEnvelope Envelope(BackupEncryptor encryptor, BackupDecryptor decryptor)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        ArgumentNullException.ThrowIfNull(decryptor);
        return new TarballEnvelope(encryptor, decryptor);
    }
}
