namespace Relocation.Testing.Sentry.Encryption;

/// <summary>An encrypted tarball; it has the half of the key pair that is needed, or both.</summary>
internal sealed class TarballEnvelope(BackupEncryptor? encryptor, BackupDecryptor? decryptor) : BackupEnvelope
{
    public override string Extension => ".enc.tar";

    public override async ValueTask<Stream> OpenAsync(Stream stored, string name, CancellationToken cancellationToken) =>
        await Tarball.OpenAsync(stored, name, decryptor ?? throw EncryptionErrors.NoPrivateKey(null), cancellationToken).ConfigureAwait(false);

    public override async ValueTask<Stream> BeginAsync(Stream stored, CancellationToken cancellationToken) =>
        await TarballWriter.CreateAsync(stored, encryptor ?? throw EncryptionErrors.NoPublicKey(null), cancellationToken).ConfigureAwait(false);

    public override async ValueTask CompleteAsync(Stream content, CancellationToken cancellationToken) =>
        await ((TarballWriter)content).CompleteAsync(cancellationToken).ConfigureAwait(false);
}
