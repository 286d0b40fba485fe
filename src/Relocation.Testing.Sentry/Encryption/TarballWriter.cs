using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing.Sentry.Encryption;

/// <summary>Makes an encrypted tarball: the content is encrypted as it comes, and put into the archive when its length is known.</summary>
internal sealed class TarballWriter : FernetWriter
{
    private readonly Stream _stored;
    private readonly FileStream _spool;
    private readonly byte[] _publicKey;
    private readonly byte[] _dataKey;

    private TarballWriter(Stream stored, FileStream spool, FernetKey key, byte[] publicKey, byte[] dataKey)
        : base(spool, key, TimeProvider.System)
    {
        _stored = stored;
        _spool = spool;
        _publicKey = publicKey;
        _dataKey = dataKey;
    }

    /// <exception cref="EncryptionException">The public key cannot be fetched, or is not a key.</exception>
    internal static async Task<TarballWriter> CreateAsync(Stream stored, BackupEncryptor encryptor, CancellationToken cancellationToken)
    {
        var pem = await encryptor.GetPublicKeyAsync(cancellationToken).ConfigureAwait(false);
        var key = FernetKey.Create();
        using var rsa = RsaKeys.FromPublicPem(pem);
        var dataKey = rsa.Encrypt(key.ToText(), RSAEncryptionPadding.OaepSHA256);
        var writer = new TarballWriter(stored, CreateSpool(), key, Encoding.UTF8.GetBytes(pem), dataKey);
        try
        {
            await writer.BeginAsync(cancellationToken).ConfigureAwait(false);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes the archive; nothing more can be added to the content.</summary>
    internal override async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await base.CompleteAsync(cancellationToken).ConfigureAwait(false);
        _spool.Position = 0;
        var archive = new TarWriter(_stored, TarEntryFormat.Ustar, leaveOpen: true);
        await using (archive.ConfigureAwait(false))
        {
            await WriteAsync(archive, TarballMembers.Content, _spool, cancellationToken).ConfigureAwait(false);
            await WriteAsync(archive, TarballMembers.DataKey, new MemoryStream(_dataKey), cancellationToken).ConfigureAwait(false);
            await WriteAsync(archive, TarballMembers.PublicKey, new MemoryStream(_publicKey), cancellationToken).ConfigureAwait(false);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _spool.Dispose();
        }
    }

    /// <summary>An empty file that only the user may read and that is gone when it is closed. Its content is encrypted.</summary>
    private static FileStream CreateSpool()
    {
        var path = Path.Combine(Path.GetTempPath(), "relocation-" + Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
        {
            options.Options |= FileOptions.DeleteOnClose;
            return new FileStream(path, options);
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // An open file needs no name; without one, it goes even when the process is killed.
        File.Delete(path);
        return file;
    }

    private static Task WriteAsync(TarWriter archive, string name, Stream content, CancellationToken cancellationToken) =>
        archive.WriteEntryAsync(
            new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch },
            cancellationToken);
}
