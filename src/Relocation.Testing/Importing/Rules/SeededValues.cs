using System.Globalization;
using System.Security.Cryptography;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing;

/// <summary>
/// Values that look random and follow from the import's seed and what they are for, so that every import with the same seed makes the
/// same.
/// </summary>
public sealed class SeededValues
{
    private const int UsualText = 128;

    private readonly GeneratedValues _generated;

    internal SeededValues(GeneratedValues generated) => _generated = generated;

    /// <summary>Makes a Guid.</summary>
    /// <param name="model">The model that it is for.</param>
    /// <param name="purpose">What it is for: usually the field's name.</param>
    /// <param name="key">The record's key in the backup.</param>
    /// <param name="attempt">Another number gives another value. Default: 0.</param>
    public Guid Guid(ModelLabel model, string purpose, RecordKey key, int attempt = 0) => _generated.Guid(model, purpose, key, attempt);

    /// <summary>Makes bytes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="model">The model that they are for.</param>
    /// <param name="purpose">What they are for: usually the field's name.</param>
    /// <param name="key">The record's key in the backup.</param>
    /// <param name="attempt">Another number gives other bytes. Default: 0.</param>
    public byte[] Bytes(int count, ModelLabel model, string purpose, RecordKey key, int attempt = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var bytes = new byte[count];
        Fill(bytes, model, purpose, key, attempt);
        return bytes;
    }

    /// <summary>Makes text.</summary>
    /// <param name="length">How many characters.</param>
    /// <param name="alphabet">The characters that it is made of, at most 256.</param>
    /// <param name="model">The model that it is for.</param>
    /// <param name="purpose">What it is for: usually the field's name.</param>
    /// <param name="key">The record's key in the backup.</param>
    /// <param name="attempt">Another number gives other text. Default: 0.</param>
    public string Text(int length, string alphabet, ModelLabel model, string purpose, RecordKey key, int attempt = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(alphabet);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alphabet.Length, 256);

        // Two bytes a character keep the alphabet's letters about equally likely.
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return string.Create(length, (this, alphabet, model, purpose, key, attempt), static (text, made) =>
        {
            var (values, alphabet, model, purpose, key, attempt) = made;
            var bytes = text.Length <= UsualText ? stackalloc byte[2 * text.Length] : new byte[2 * text.Length];
            values.Fill(bytes, model, purpose, key, attempt);
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = alphabet[((bytes[2 * i] << 8) | bytes[(2 * i) + 1]) % alphabet.Length];
            }
        });
    }

    private void Fill(Span<byte> bytes, ModelLabel model, string purpose, RecordKey key, int attempt)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var part = 0; !bytes.IsEmpty; part++)
        {
            var kind = string.Create(CultureInfo.InvariantCulture, $"bytes {attempt} {part}");
            var made = _generated.Hash(kind, model, purpose, key, hash);
            made = made[..Math.Min(made.Length, bytes.Length)];
            made.CopyTo(bytes);
            bytes = bytes[made.Length..];
        }
    }
}
