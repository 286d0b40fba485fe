using Relocation.Testing.Sentry.Encryption;

namespace Relocation.Testing;

/// <summary>Gives the public key that backups are encrypted with: from a file, or from a key service.</summary>
/// <remarks>
/// For a key service, derive from this class and ask the service for the key. What is encrypted with it is a new key for each backup, made
/// and used here.
/// </remarks>
public abstract class BackupEncryptor
{
    /// <summary>Encrypts with a public key that is at hand.</summary>
    /// <param name="publicKey">The key as PEM, SubjectPublicKeyInfo: <c>-----BEGIN PUBLIC KEY-----</c>.</param>
    public static BackupEncryptor FromPem(string publicKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(publicKey);
        return new PemEncryptor(_ => ValueTask.FromResult(publicKey));
    }

    /// <summary>Encrypts with the public key in a file, which is read when it is needed first.</summary>
    /// <param name="path">The file's path.</param>
    public static BackupEncryptor FromPemFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new PemEncryptor(cancellationToken => PemFile.ReadAsync(path, cancellationToken));
    }

    /// <summary>Gives the public key of an RSA pair.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The key as PEM, SubjectPublicKeyInfo. The tarball holds it as it is given.</returns>
    /// <exception cref="EncryptionException">The key cannot be had.</exception>
    public abstract ValueTask<string> GetPublicKeyAsync(CancellationToken cancellationToken);
}
