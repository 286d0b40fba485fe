using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Encryption;

/// <summary>Makes an encrypted tarball: the content is encrypted as it comes, and put into the archive when its length is known.</summary>
internal sealed class TarballWriter : IAsyncDisposable
{
    private readonly FileStream _spool;
    private readonly FernetWriter _content;
    private readonly byte[] _publicKey;
    private readonly byte[] _dataKey;

    private TarballWriter(FileStream spool, FernetWriter content, byte[] publicKey, byte[] dataKey)
    {
        _spool = spool;
        _content = content;
        _publicKey = publicKey;
        _dataKey = dataKey;
    }

    /// <summary>Takes what is to be encrypted.</summary>
    internal Stream Content => _content;

    /// <exception cref="EncryptionException">The public key cannot be had, or is none.</exception>
    internal static async Task<TarballWriter> CreateAsync(BackupEncryptor encryptor, CancellationToken cancellationToken)
    {
        var pem = await encryptor.GetPublicKeyAsync(cancellationToken).ConfigureAwait(false);
        var key = FernetKey.Create();
        using var rsa = RsaKeys.FromPublicPem(pem);
        var dataKey = rsa.Encrypt(key.ToText(), RSAEncryptionPadding.OaepSHA256);
        var spool = SpoolFile.Create();
        var content = new FernetWriter(spool, key, TimeProvider.System);
        try
        {
            await content.BeginAsync(cancellationToken).ConfigureAwait(false);
            return new TarballWriter(spool, content, Encoding.UTF8.GetBytes(pem), dataKey);
        }
        catch
        {
            await content.DisposeAsync().ConfigureAwait(false);
            await spool.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes the archive; nothing more can be added to the content.</summary>
    internal async Task WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        await _content.CompleteAsync(cancellationToken).ConfigureAwait(false);
        _spool.Position = 0;
        var archive = new TarWriter(target, TarEntryFormat.Ustar, leaveOpen: true);
        await using (archive.ConfigureAwait(false))
        {
            await WriteAsync(archive, TarballMembers.Content, _spool, cancellationToken).ConfigureAwait(false);
            await WriteAsync(archive, TarballMembers.DataKey, new MemoryStream(_dataKey), cancellationToken).ConfigureAwait(false);
            await WriteAsync(archive, TarballMembers.PublicKey, new MemoryStream(_publicKey), cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _content.DisposeAsync().ConfigureAwait(false);
        await _spool.DisposeAsync().ConfigureAwait(false);
    }

    private static Task WriteAsync(TarWriter archive, string name, Stream content, CancellationToken cancellationToken) =>
        archive.WriteEntryAsync(
            new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch },
            cancellationToken);
}
