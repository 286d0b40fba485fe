using System.Security.Cryptography;

namespace Relocation.Testing.Sentry.Encryption;

/// <summary>A private key that is at hand.</summary>
internal sealed class PemDecryptor(Func<CancellationToken, ValueTask<string>> read) : BackupDecryptor
{
    public override async ValueTask<byte[]> DecryptKeyAsync(
        ReadOnlyMemory<byte> encryptedKey, string publicKey, CancellationToken cancellationToken)
    {
        using var rsa = RsaKeys.FromPrivatePem(await read(cancellationToken).ConfigureAwait(false));
        using var theirs = RsaKeys.FromPublicPem(publicKey);
        if (!rsa.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(theirs.ExportSubjectPublicKeyInfo()))
        {
            throw EncryptionErrors.OtherKey();
        }

        try
        {
            return rsa.Decrypt(encryptedKey.Span, RSAEncryptionPadding.OaepSHA256);
        }
        catch (CryptographicException exception)
        {
            throw EncryptionErrors.DataKeyDamaged(exception);
        }
    }
}
