using Relocation.Testing.Sentry.Encryption;

namespace Relocation.Testing;

/// <summary>Decrypts the keys of encrypted backups: with a private key from a file, or by a key service that keeps it.</summary>
/// <remarks>For a key service, derive from this class and have the service decrypt by RSA-OAEP with SHA-256.</remarks>
public abstract class BackupDecryptor
{
    /// <summary>Decrypts with a private key that is at hand.</summary>
    /// <param name="privateKey">The key as PEM, not encrypted itself.</param>
    public static BackupDecryptor FromPem(string privateKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(privateKey);
        return new PemDecryptor(_ => ValueTask.FromResult(privateKey));
    }

    /// <summary>Decrypts with the private key in a file, which is read when it is needed first.</summary>
    /// <param name="path">The file's path.</param>
    public static BackupDecryptor FromPemFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new PemDecryptor(cancellationToken => PemFile.ReadAsync(path, cancellationToken));
    }

    /// <summary>Decrypts the key of one backup.</summary>
    /// <param name="encryptedKey">What the tarball's <c>data.key</c> holds.</param>
    /// <param name="publicKey">The PEM of the public key that it was encrypted with, as the tarball's <c>key.pub</c> has it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The 44 letters of the Fernet key, as ASCII.</returns>
    /// <exception cref="EncryptionException">The private key is not that of <paramref name="publicKey"/>, or decryption fails.</exception>
    public abstract ValueTask<byte[]> DecryptKeyAsync(ReadOnlyMemory<byte> encryptedKey, string publicKey, CancellationToken cancellationToken);
}
