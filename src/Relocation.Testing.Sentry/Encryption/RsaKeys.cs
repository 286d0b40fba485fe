using System.Security.Cryptography;

namespace Relocation.Testing.Sentry.Encryption;

/// <summary>Reads RSA keys from PEM.</summary>
internal static class RsaKeys
{
    private const string PublicLabel = "PUBLIC KEY";

    /// <exception cref="EncryptionException">The text is no public key.</exception>
    internal static RSA FromPublicPem(string pem)
    {
        var isPublic = PemEncoding.TryFind(pem, out var fields) && pem.AsSpan()[fields.Label].SequenceEqual(PublicLabel);
        return isPublic ? Import(pem, EncryptionErrors.NoPublicKey) : throw EncryptionErrors.NoPublicKey(null);
    }

    /// <exception cref="EncryptionException">The text is no private key.</exception>
    internal static RSA FromPrivatePem(string pem)
    {
        var rsa = Import(pem, EncryptionErrors.NoPrivateKey);
        try
        {
            // A public key is found out only when it is asked for what it does not have.
            CryptographicOperations.ZeroMemory(rsa.ExportRSAPrivateKey());
            return rsa;
        }
        catch (CryptographicException exception)
        {
            rsa.Dispose();
            throw EncryptionErrors.NoPrivateKey(exception);
        }
    }

    private static RSA Import(string pem, Func<Exception?, EncryptionException> refuse)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return rsa;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            throw refuse(exception);
        }
    }
}
