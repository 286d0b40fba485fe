using System.Buffers;
using System.Security.Cryptography;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Encryption;

/// <summary>What a Fernet token holds, decrypted where it is read: a block needs only the one before it.</summary>
internal sealed class DecryptedSource : ByteSource
{
    private const int MostBlocks = 2_048;

    private readonly ByteSource _source;
    private readonly FernetToken _token;
    private readonly Aes _aes;
    private long _length;

    private DecryptedSource(ByteSource source, FernetToken token, FernetKey key)
    {
        _source = source;
        _token = token;
        _aes = key.CreateAes();
    }

    internal override long Length => _length;

    /// <summary>Opens a token that has been verified.</summary>
    /// <exception cref="EncryptionException">The end of the content is no padding.</exception>
    internal static async Task<DecryptedSource> OpenAsync(
        ByteSource source, FernetToken token, FernetKey key, string name, CancellationToken cancellationToken)
    {
        var decrypted = new DecryptedSource(source, token, key) { _length = token.CipherLength };
        var last = new byte[FernetToken.BlockLength];
        await decrypted.ReadAsync(last, token.CipherLength - last.Length, cancellationToken).ConfigureAwait(false);
        var padding = last[^1];
        if (padding is 0 or > FernetToken.BlockLength || last.AsSpan(last.Length - padding).ContainsAnyExcept(padding))
        {
            decrypted._aes.Dispose();
            throw EncryptionErrors.TokenDamaged(name);
        }

        decrypted._length -= padding;
        return decrypted;
    }

    internal override async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Min(buffer.Length, _length - offset);
        if (wanted <= 0)
        {
            return 0;
        }

        // The block before the first one is its IV; the token's head ends with that of the first of all.
        var first = offset / FernetToken.BlockLength;
        var blocks = (int)Math.Min(((offset + wanted - 1) / FernetToken.BlockLength) - first + 1, MostBlocks);
        var length = blocks * FernetToken.BlockLength;
        var bytes = ArrayPool<byte>.Shared.Rent(length + FernetToken.BlockLength);
        var plain = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var start = FernetToken.HeadLength + ((first - 1) * FernetToken.BlockLength);
            await _token.ReadAsync(bytes.AsMemory(0, length + FernetToken.BlockLength), start, cancellationToken).ConfigureAwait(false);
            _aes.DecryptCbc(
                bytes.AsSpan(FernetToken.BlockLength, length), bytes.AsSpan(0, FernetToken.BlockLength), plain.AsSpan(0, length), PaddingMode.None);
            var skipped = (int)(offset - (first * FernetToken.BlockLength));
            var count = Math.Min(wanted, length - skipped);
            plain.AsSpan(skipped, count).CopyTo(buffer.Span);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<byte>.Shared.Return(plain, clearArray: true);
        }
    }

    internal override bool IsUnchanged() => _source.IsUnchanged();

    protected override async ValueTask CloseAsync()
    {
        _aes.Dispose();
        await _source.DisposeAsync().ConfigureAwait(false);
    }
}
