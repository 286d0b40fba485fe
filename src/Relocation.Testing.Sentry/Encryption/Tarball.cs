using System.Formats.Tar;
using System.Text;

namespace Relocation.Testing.Sentry.Encryption;

/// <summary>Opens encrypted tarballs, and refuses anything else: nothing of a file is believed before its signature is verified.</summary>
internal static class Tarball
{
    /// <summary>Directories are passed over, but not without end.</summary>
    private const int MostEntries = 64;

    private const int LongestKey = 64 * 1024;
    private const int HeaderLength = 512;
    private const int TypeAt = 156;
    private const int SizeAt = 124;
    private const int SizeLength = 12;

    /// <summary>The decrypted content.</summary>
    /// <exception cref="EncryptionException">What is stored is no encrypted tarball, is damaged, or the key is another's.</exception>
    internal static async Task<Stream> OpenAsync(
        Stream stored, string name, BackupDecryptor decryptor, CancellationToken cancellationToken)
    {
        try
        {
            var members = await ReadMembersAsync(stored, name, cancellationToken).ConfigureAwait(false);
            var publicKey = await ReadAsync(stored, members, TarballMembers.PublicKey, name, cancellationToken).ConfigureAwait(false);
            var dataKey = await ReadAsync(stored, members, TarballMembers.DataKey, name, cancellationToken).ConfigureAwait(false);
            var key = FernetKey.Parse(
                await decryptor.DecryptKeyAsync(dataKey, Encoding.UTF8.GetString(publicKey), cancellationToken).ConfigureAwait(false));
            var (offset, length) = members[TarballMembers.Content];
            var token = new FernetToken(stored, offset, length, name);
            await token.VerifyAsync(key, cancellationToken).ConfigureAwait(false);
            return await DecryptedStream.OpenAsync(token, key, name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException or FormatException or ArgumentException)
        {
            throw EncryptionErrors.NoTarball(name);
        }
    }

    private static async Task<Dictionary<string, (long Offset, long Length)>> ReadMembersAsync(
        Stream stored, string name, CancellationToken cancellationToken)
    {
        await RefuseExtensionsAsync(stored, name, cancellationToken).ConfigureAwait(false);
        var members = new Dictionary<string, (long Offset, long Length)>(StringComparer.Ordinal);
        stored.Position = 0;
        var archive = new TarReader(stored, leaveOpen: true);
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

            if (entry.Length > stored.Length - entry.DataOffset || !members.TryAdd(entry.Name, (entry.DataOffset, entry.Length)))
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
    private static async Task RefuseExtensionsAsync(Stream stored, string name, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        var entries = 0;
        for (var at = 0L; at + HeaderLength <= stored.Length;)
        {
            await ReadAsync(stored, header, at, name, cancellationToken).ConfigureAwait(false);
            if (!header.AsSpan().ContainsAnyExcept((byte)0))
            {
                return;
            }

            if (++entries > MostEntries || header[TypeAt] is not (0 or (byte)'0' or (byte)'5'))
            {
                throw EncryptionErrors.OtherMember(name);
            }

            var size = SizeOf(header.AsSpan(SizeAt, SizeLength)) ?? throw EncryptionErrors.NoTarball(name);
            at = size > stored.Length ? throw EncryptionErrors.NoTarball(name) : at + HeaderLength + ((size + HeaderLength - 1) / HeaderLength * HeaderLength);
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
        Stream stored, Dictionary<string, (long Offset, long Length)> members, string member, string name, CancellationToken cancellationToken)
    {
        var (offset, length) = members[member];
        if (length > LongestKey)
        {
            throw EncryptionErrors.MemberTooLarge(name, member);
        }

        var bytes = new byte[length];
        await ReadAsync(stored, bytes, offset, name, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private static async Task ReadAsync(Stream stored, byte[] bytes, long offset, string name, CancellationToken cancellationToken)
    {
        stored.Position = offset;
        for (var read = 0; read < bytes.Length;)
        {
            var count = await stored.ReadAsync(bytes.AsMemory(read), cancellationToken).ConfigureAwait(false);
            read += count > 0 ? count : throw EncryptionErrors.NoTarball(name);
        }
    }
}
