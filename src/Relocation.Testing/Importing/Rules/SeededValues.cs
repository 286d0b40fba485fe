using System.Globalization;
using Relocation.Testing.Importing;

namespace Relocation.Testing;

/// <summary>
/// Values that look random and follow from the import's seed and what they are for, so that every import with the same seed makes the
/// same.
/// </summary>
public sealed class SeededValues
{
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
        for (int at = 0, part = 0; at < count; part++)
        {
            var kind = string.Create(CultureInfo.InvariantCulture, $"bytes {attempt} {part}");
            var hash = _generated.Hash(kind, model, purpose, key).AsSpan();
            hash = hash[..Math.Min(hash.Length, count - at)];
            hash.CopyTo(bytes.AsSpan(at));
            at += hash.Length;
        }

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
        var bytes = Bytes(length * 2, model, purpose, key, attempt);
        return string.Create(length, (bytes, alphabet), static (text, state) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = state.alphabet[((state.bytes[2 * i] << 8) | state.bytes[(2 * i) + 1]) % state.alphabet.Length];
            }
        });
    }
}
