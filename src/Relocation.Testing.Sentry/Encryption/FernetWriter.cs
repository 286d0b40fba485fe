using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Relocation.Testing.Sentry.Encryption;

/// <summary>Encrypts what is written to it as one Fernet token: AES-128-CBC, then HMAC-SHA256, all as url-safe base64.</summary>
internal class FernetWriter : Stream
{
    private const int BlockLength = 16;
    private const int GroupBytes = 3;

    private readonly Stream _stream;
    private readonly Aes _aes;
    private readonly ICryptoTransform _encrypting;
    private readonly IncrementalHash _signing;
    private readonly byte[] _plain = new byte[BlockLength];
    private readonly byte[] _carry = new byte[GroupBytes];
    private int _plainLength;
    private int _carryLength;

    /// <param name="stream">Takes the token's text.</param>
    /// <param name="key">The key.</param>
    /// <param name="clock">Gives the token's time.</param>
    internal FernetWriter(Stream stream, FernetKey key, TimeProvider clock)
    {
        _stream = stream;
        _aes = key.CreateAes();
        _aes.GenerateIV();
        _encrypting = _aes.CreateEncryptor();
        _signing = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Signing);
        Head = new byte[FernetToken.HeadLength];
        Head[0] = FernetToken.Version;
        BinaryPrimitives.WriteInt64BigEndian(Head.AsSpan(1), clock.GetUtcNow().ToUnixTimeSeconds());
        _aes.IV.CopyTo(Head.AsSpan(FernetToken.HeadLength - BlockLength));
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The version, the time and the IV; written before the first block.</summary>
    private byte[] Head { get; }

    protected Task BeginAsync(CancellationToken cancellationToken) => EmitAsync(Head, isSigned: true, cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_plainLength > 0)
        {
            var taken = Math.Min(BlockLength - _plainLength, buffer.Length);
            buffer.Span[..taken].CopyTo(_plain.AsSpan(_plainLength));
            _plainLength += taken;
            buffer = buffer[taken..];
            if (_plainLength < BlockLength)
            {
                return;
            }

            _plainLength = 0;
            await EncryptAsync(_plain, cancellationToken).ConfigureAwait(false);
        }

        var whole = buffer.Length / BlockLength * BlockLength;
        if (whole > 0)
        {
            await EncryptAsync(buffer[..whole], cancellationToken).ConfigureAwait(false);
        }

        buffer[whole..].CopyTo(_plain);
        _plainLength = buffer.Length - whole;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Writes the last block and the signature.</summary>
    internal virtual async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await EmitAsync(_encrypting.TransformFinalBlock(_plain, 0, _plainLength), isSigned: true, cancellationToken).ConfigureAwait(false);
        await EmitAsync(_signing.GetHashAndReset(), isSigned: false, cancellationToken).ConfigureAwait(false);
        if (_carryLength > 0)
        {
            var last = new byte[GroupBytes + 1];
            Base64.EncodeToUtf8(_carry.AsSpan(0, _carryLength), last, out _, out _);
            MakeUrlSafe(last);
            await _stream.WriteAsync(last, cancellationToken).ConfigureAwait(false);
        }

        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _encrypting.Dispose();
            _aes.Dispose();
            _signing.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task EncryptAsync(ReadOnlyMemory<byte> plain, CancellationToken cancellationToken)
    {
        var rented = ArrayPool<byte>.Shared.Rent(2 * plain.Length);
        try
        {
            plain.CopyTo(rented);
            var length = _encrypting.TransformBlock(rented, 0, plain.Length, rented, plain.Length);
            await EmitAsync(rented.AsMemory(plain.Length, length), isSigned: true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private async Task EmitAsync(ReadOnlyMemory<byte> bytes, bool isSigned, CancellationToken cancellationToken)
    {
        if (isSigned)
        {
            _signing.AppendData(bytes.Span);
        }

        var all = _carryLength + bytes.Length;
        var whole = all / GroupBytes * GroupBytes;
        var text = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(all));
        try
        {
            _carry.AsSpan(0, _carryLength).CopyTo(text);
            bytes.Span.CopyTo(text.AsSpan(_carryLength));
            text.AsSpan(whole, all - whole).CopyTo(_carry);
            _carryLength = all - whole;
            Base64.EncodeToUtf8InPlace(text, whole, out var length);
            MakeUrlSafe(text.AsSpan(0, length));
            await _stream.WriteAsync(text.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static void MakeUrlSafe(Span<byte> text)
    {
        text.Replace((byte)'+', (byte)'-');
        text.Replace((byte)'/', (byte)'_');
    }
}
