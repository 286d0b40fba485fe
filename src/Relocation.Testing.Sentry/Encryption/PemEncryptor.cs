namespace Relocation.Testing.Sentry.Encryption;

/// <summary>A public key that is at hand.</summary>
internal sealed class PemEncryptor(Func<CancellationToken, ValueTask<string>> read) : BackupEncryptor
{
    public override ValueTask<string> GetPublicKeyAsync(CancellationToken cancellationToken) => read(cancellationToken);
}
