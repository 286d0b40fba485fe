using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Relocation.Testing.Sentry.Encryption;

/// <summary>A Fernet token where it lies in what is stored: verified once, then decrypted wherever it is read.</summary>
internal sealed class FernetToken
{
    internal const byte Version = 0x80;

    /// <summary>The version, the time and the IV.</summary>
    internal const int HeadLength = 25;

    internal const int BlockLength = 16;
    private const int SignatureLength = 32;
    private const int GroupBytes = 3;
    private const int GroupLetters = 4;

    /// <summary>How many bytes are decoded at once: whole groups and whole blocks.</summary>
    private const int PieceLength = 48 * 1024;

    private readonly Stream _stored;
    private readonly long _start;
    private readonly string _name;
    private readonly long _letters;

    /// <param name="stored">What holds the token.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="letters">How many letters it has.</param>
    /// <param name="name">The backup's name, for messages.</param>
    internal FernetToken(Stream stored, long start, long letters, string name)
    {
        _stored = stored;
        _start = start;
        _letters = letters;
        _name = name;
    }

    /// <summary>How many bytes are encrypted, their padding included.</summary>
    internal long CipherLength { get; private set; }

    /// <summary>Verifies the signature of the whole token, which nothing is decrypted before.</summary>
    /// <exception cref="EncryptionException">The token is damaged, or is not of this key.</exception>
    internal async Task VerifyAsync(FernetKey key, CancellationToken cancellationToken)
    {
        if (_letters % GroupLetters != 0 || _letters < GroupLetters)
        {
            throw EncryptionErrors.TokenDamaged(_name);
        }

        var end = new byte[GroupLetters];
        await ReadLettersAsync(end, _letters - GroupLetters, cancellationToken).ConfigureAwait(false);
        var length = (_letters / GroupLetters * GroupBytes) - end.AsSpan().Count((byte)'=');
        CipherLength = length - HeadLength - SignatureLength;
        if (CipherLength < BlockLength || CipherLength % BlockLength != 0)
        {
            throw EncryptionErrors.TokenDamaged(_name);
        }

        using var signing = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Signing);
        var piece = new byte[PieceLength];
        for (var at = 0L; at < length - SignatureLength;)
        {
            var count = (int)Math.Min(PieceLength, length - SignatureLength - at);
            await ReadAsync(piece.AsMemory(0, count), at, cancellationToken).ConfigureAwait(false);
            if (at == 0 && piece[0] != Version)
            {
                throw EncryptionErrors.TokenDamaged(_name);
            }

            signing.AppendData(piece, 0, count);
            at += count;
        }

        await ReadAsync(piece.AsMemory(0, SignatureLength), length - SignatureLength, cancellationToken).ConfigureAwait(false);
        if (!CryptographicOperations.FixedTimeEquals(signing.GetHashAndReset(), piece.AsSpan(0, SignatureLength)))
        {
            throw EncryptionErrors.TokenDamaged(_name);
        }
    }

    /// <summary>Reads bytes of the token as base64 stands for them.</summary>
    internal async ValueTask ReadAsync(Memory<byte> bytes, long start, CancellationToken cancellationToken)
    {
        var firstGroup = start / GroupBytes;
        var lastGroup = (start + bytes.Length - 1) / GroupBytes;
        var letters = ArrayPool<byte>.Shared.Rent((int)(lastGroup - firstGroup + 1) * GroupLetters);
        try
        {
            var text = letters.AsMemory(0, (int)(lastGroup - firstGroup + 1) * GroupLetters);
            await ReadLettersAsync(text, firstGroup * GroupLetters, cancellationToken).ConfigureAwait(false);
            Decode(text.Span, (int)(start - (firstGroup * GroupBytes)), bytes.Span);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(letters);
        }
    }

    private void Decode(Span<byte> text, int skipped, Span<byte> bytes)
    {
        text.Replace((byte)'-', (byte)'+');
        text.Replace((byte)'_', (byte)'/');

        // Spaces would be passed over, and what follows would move.
        var isDecoded = Base64.DecodeFromUtf8InPlace(text, out var length) == OperationStatus.Done && length >= skipped + bytes.Length;
        if (!isDecoded || length < (text.Length / GroupLetters * GroupBytes) - 2)
        {
            throw EncryptionErrors.TokenDamaged(_name);
        }

        text.Slice(skipped, bytes.Length).CopyTo(bytes);
    }

    private async ValueTask ReadLettersAsync(Memory<byte> letters, long start, CancellationToken cancellationToken)
    {
        _stored.Position = _start + start;
        for (var read = 0; read < letters.Length;)
        {
            var count = await _stored.ReadAsync(letters[read..], cancellationToken).ConfigureAwait(false);
            read += count > 0 ? count : throw EncryptionErrors.TokenDamaged(_name);
        }
    }
}
