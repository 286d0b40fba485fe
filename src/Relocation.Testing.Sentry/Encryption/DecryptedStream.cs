using System.Buffers;
using System.Security.Cryptography;

namespace Relocation.Testing.Sentry.Encryption;

/// <summary>What a Fernet token holds, decrypted where it is read: a block needs only the one before it.</summary>
internal sealed class DecryptedStream : Stream
{
    private const int MostBlocks = 2_048;

    private readonly FernetToken _token;
    private readonly Aes _aes;
    private long _length;

    private DecryptedStream(FernetToken token, FernetKey key)
    {
        _token = token;
        _aes = key.CreateAes();
        _length = token.CipherLength;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position { get; set; }

    /// <summary>Opens a token that has been verified.</summary>
    /// <exception cref="EncryptionException">The end of the content is no padding.</exception>
    internal static async Task<DecryptedStream> OpenAsync(FernetToken token, FernetKey key, string name, CancellationToken cancellationToken)
    {
        var decrypted = new DecryptedStream(token, key);
        var last = new byte[FernetToken.BlockLength];
        decrypted.Position = token.CipherLength - last.Length;
        await decrypted.ReadExactlyAsync(last, cancellationToken).ConfigureAwait(false);
        decrypted.Position = 0;
        var padding = last[^1];
        if (padding is 0 or > FernetToken.BlockLength || last.AsSpan(last.Length - padding).ContainsAnyExcept(padding))
        {
            await decrypted.DisposeAsync().ConfigureAwait(false);
            throw EncryptionErrors.TokenDamaged(name);
        }

        decrypted._length -= padding;
        return decrypted;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var offset = Position;
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
            Position += count;
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<byte>.Shared.Return(plain, clearArray: true);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _aes.Dispose();
        }

        base.Dispose(disposing);
    }
}
