using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Collisions;

/// <summary>Makes other values for fields whose own are taken: from the import's seed and the record's new key.</summary>
/// <remarks>New keys differ from import to import, so a second import of a backup does not try what the first has taken.</remarks>
internal static class ValueFinder
{
    private const int TokenLength = 32;

    /// <summary>Short suffixes are tried first; they grow when many are taken.</summary>
    private const int ShortestSuffix = 5;

    private const int AttemptsPerLength = 4;
    private const int LongestSuffix = 24;
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    internal static object Find(
        CollisionPolicy policy, RelocationField field, object? value, GeneratedValues generated, ModelLabel model, RecordKey key, int attempt)
    {
        if (policy == CollisionPolicy.Suffix)
        {
            return Suffixed((string)value!, field.MaxLength, Text(generated, SuffixLength(attempt), model, field.Name, key, attempt));
        }

        if (field.Type == FieldType.Guid)
        {
            return generated.Guid(model, field.Name, key, attempt + 1);
        }

        if (field.Default?.Kind == FieldDefaultKind.Guid)
        {
            return generated.Guid(model, field.Name, key, attempt + 1).ToString();
        }

        var length = field.Default?.Kind == FieldDefaultKind.Token ? field.Default.Length : TokenLength;
        length = Math.Min(length, field.MaxLength ?? length);
        return Convert.ToHexStringLower(Bytes(generated, length, model, field.Name, key, attempt))[..length];
    }

    /// <summary>The text with a suffix, cut so that both fit; characters are counted as databases do, by code point.</summary>
    internal static string Suffixed(string text, int? most, string suffix)
    {
        if (most is not { } limit)
        {
            return $"{text}-{suffix}";
        }

        if (limit <= suffix.Length + 1)
        {
            return suffix[..Math.Min(limit, suffix.Length)];
        }

        var start = new StringBuilder();
        foreach (var letter in text.EnumerateRunes().Take(limit - suffix.Length - 1))
        {
            start.Append(letter.ToString());
        }

        return $"{start}-{suffix}";
    }

    private static int SuffixLength(int attempt) => Math.Min(ShortestSuffix + (attempt / AttemptsPerLength), LongestSuffix);

    private static string Text(GeneratedValues generated, int length, ModelLabel model, string field, RecordKey key, int attempt)
    {
        var bytes = Bytes(generated, length, model, field, key, attempt);
        return string.Create(length, bytes, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Letters[bytes[i] % Letters.Length];
            }
        });
    }

    private static byte[] Bytes(GeneratedValues generated, int count, ModelLabel model, string field, RecordKey key, int attempt)
    {
        var bytes = new List<byte>();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var part = 0; bytes.Count < count; part++)
        {
            bytes.AddRange(generated.Hash(
                string.Create(CultureInfo.InvariantCulture, $"collision {attempt} {part}"), model, field, key, hash));
        }

        return [.. bytes];
    }
}
