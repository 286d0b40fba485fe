using System.Security.Cryptography;

namespace Relocation.Testing.Tests.Encryption;

/// <summary>Stands for a service that keeps the private key and decrypts on demand.</summary>
internal sealed class KeyService(RSA rsa) : BackupDecryptor
{
    internal int Decryptions { get; private set; }

    internal BackupEncryptor Encryptor { get; } = new PublicPart(rsa);

    public override ValueTask<byte[]> DecryptKeyAsync(ReadOnlyMemory<byte> encryptedKey, string publicKey, CancellationToken cancellationToken)
    {
        Decryptions++;
        return ValueTask.FromResult(rsa.Decrypt(encryptedKey.Span, RSAEncryptionPadding.OaepSHA256));
    }

    private sealed class PublicPart(RSA rsa) : BackupEncryptor
    {
        public override ValueTask<string> GetPublicKeyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(rsa.ExportSubjectPublicKeyInfoPem());
    }
}
