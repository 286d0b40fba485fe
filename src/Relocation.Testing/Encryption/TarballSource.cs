using System.Formats.Tar;
using System.Text;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Encryption;

/// <summary>Opens encrypted tarballs, and refuses what is none: nothing of a file is believed before its signature is verified.</summary>
internal static class TarballSource
{
    /// <summary>Directories are passed over, but not without end.</summary>
    private const int MostEntries = 64;

    private const int LongestKey = 64 * 1024;
    private const int HeaderLength = 512;
    private const int TypeAt = 156;
    private const int SizeAt = 124;
    private const int SizeLength = 12;

    /// <summary>The decrypted content. The source is closed with it, and when it is refused.</summary>
    /// <exception cref="EncryptionException">The source is no encrypted tarball, is damaged, or the key is another's.</exception>
    internal static async Task<ByteSource> OpenAsync(
        ByteSource source, string name, BackupDecryptor decryptor, CancellationToken cancellationToken)
    {
        try
        {
            var members = await ReadMembersAsync(source, name, cancellationToken).ConfigureAwait(false);
            var publicKey = await ReadAsync(source, members, TarballMembers.PublicKey, name, cancellationToken).ConfigureAwait(false);
            var dataKey = await ReadAsync(source, members, TarballMembers.DataKey, name, cancellationToken).ConfigureAwait(false);
            var key = FernetKey.Parse(
                await decryptor.DecryptKeyAsync(dataKey, Encoding.UTF8.GetString(publicKey), cancellationToken).ConfigureAwait(false));
            var (offset, length) = members[TarballMembers.Content];
            var token = new FernetToken(source, offset, length, name);
            await token.VerifyAsync(key, cancellationToken).ConfigureAwait(false);
            return await DecryptedSource.OpenAsync(source, token, key, name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException or FormatException or ArgumentException)
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw EncryptionErrors.NoTarball(name);
        }
        catch (IOException exception)
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw BackupErrors.BackupUnreadable(name, exception);
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<Dictionary<string, (long Offset, long Length)>> ReadMembersAsync(
        ByteSource source, string name, CancellationToken cancellationToken)
    {
        await RefuseExtensionsAsync(source, name, cancellationToken).ConfigureAwait(false);
        var members = new Dictionary<string, (long Offset, long Length)>(StringComparer.Ordinal);
        var stream = new ArchiveStream(source);
        var archive = new TarReader(stream, leaveOpen: false);
        await using var closing = archive.ConfigureAwait(false);
        while (await archive.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            if (entry.EntryType == TarEntryType.Directory)
            {
                continue;
            }

            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !TarballMembers.All.Contains(entry.Name))
            {
                throw EncryptionErrors.OtherMember(name);
            }

            if (entry.Length > source.Length - entry.DataOffset || !members.TryAdd(entry.Name, (entry.DataOffset, entry.Length)))
            {
                throw members.ContainsKey(entry.Name) ? EncryptionErrors.DoubledTarballMember(name, entry.Name) : EncryptionErrors.NoTarball(name);
            }
        }

        return TarballMembers.All.FirstOrDefault(member => !members.ContainsKey(member)) is { } missing
            ? throw EncryptionErrors.MissingMember(name, missing)
            : members;
    }

    /// <summary>
    /// Headers that describe other headers (long names, PAX records) have sizes of their own, which a reader would make room for. None of
    /// the three members needs one.
    /// </summary>
    private static async Task RefuseExtensionsAsync(ByteSource source, string name, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        var entries = 0;
        for (var at = 0L; at + HeaderLength <= source.Length;)
        {
            await ReadAsync(source, header, at, name, cancellationToken).ConfigureAwait(false);
            if (!header.AsSpan().ContainsAnyExcept((byte)0))
            {
                return;
            }

            if (++entries > MostEntries || header[TypeAt] is not (0 or (byte)'0' or (byte)'5'))
            {
                throw EncryptionErrors.OtherMember(name);
            }

            var size = SizeOf(header.AsSpan(SizeAt, SizeLength)) ?? throw EncryptionErrors.NoTarball(name);
            at = size > source.Length ? throw EncryptionErrors.NoTarball(name) : at + HeaderLength + ((size + HeaderLength - 1) / HeaderLength * HeaderLength);
        }
    }

    /// <summary>Octal digits; nothing else is needed for what fits on a disk that such files come from.</summary>
    private static long? SizeOf(ReadOnlySpan<byte> text)
    {
        var size = 0L;
        foreach (var digit in text.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            size = (size * 8) + (digit - '0');
        }

        return size;
    }

    private static async Task<byte[]> ReadAsync(
        ByteSource source, Dictionary<string, (long Offset, long Length)> members, string member, string name, CancellationToken cancellationToken)
    {
        var (offset, length) = members[member];
        if (length > LongestKey)
        {
            throw EncryptionErrors.MemberTooLarge(name, member);
        }

        var bytes = new byte[length];
        await ReadAsync(source, bytes, offset, name, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private static async Task ReadAsync(ByteSource source, byte[] bytes, long offset, string name, CancellationToken cancellationToken)
    {
        for (var read = 0; read < bytes.Length;)
        {
            var count = await source.ReadAsync(bytes.AsMemory(read), offset + read, cancellationToken).ConfigureAwait(false);
            read += count > 0 ? count : throw EncryptionErrors.NoTarball(name);
        }
    }
}
