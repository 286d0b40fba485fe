using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Relocation.Testing.Sanitizing.Replacing;

/// <summary>
/// Replaces text by text of the same form, one to one: different texts stay different without a table of them. Letters stay letters of their
/// case and script, digits stay digits; what remains are the characters that are neither.
/// </summary>
/// <remarks>
/// A Feistel network over the characters' positions in their alphabets, keyed by the seed. Texts that differ in case only stay so.
/// Text of digits and the letters a to f that is long enough for a key or hash stays so, too.
/// </remarks>
internal sealed class CharacterPermutation(byte[] key)
{
    private const int ShortestHexadecimal = 8;
    private const int Letters = 26;
    private const int HexadecimalLetters = 6;
    private const int Rounds = 4;
    private const int RoundsOfShort = 8;
    private const int Short = 8;
    private const int LongestOnStack = 128;

    /// <summary>Only where there are fewer texts of a form than this may one be replaced by itself more than once in a lifetime.</summary>
    private const ulong FewTexts = 1UL << 32;

    /// <summary>As many characters beyond ASCII, from a multiple of it, hold the letters that take each other's places where no alphabet is known.</summary>
    private const int RestBlock = 64;

    /// <summary>Alphabets beyond ASCII that are replaced by themselves: the first character and how many there are.</summary>
    private static readonly (char First, int Count)[] Alphabets =
    [
        ('\u00DF', 24), ('\u00F8', 8), ('\u00C0', 23), ('\u00D8', 7), ('\u0100', 128), ('\u03B1', 25), ('\u0391', 17), ('\u0430', 32), ('\u0410', 32),
        ('\u05D0', 27), ('\u0621', 42), ('\u0E01', 46), ('\u3041', 86), ('\u30A1', 90), ('\u4E00', 20992), ('\uAC00', 11172),
    ];

    /// <summary>Replaces a text.</summary>
    internal string Map(string text)
    {
        var isHexadecimal = IsHexadecimal(text);
        var mapped = MapOnce(text, isHexadecimal);

        // What is not hexadecimal must not become so, where other text would become the same.
        while (!isHexadecimal && IsHexadecimal(mapped))
        {
            mapped = MapOnce(mapped, isHexadecimal);
        }

        return mapped;
    }

    private string MapOnce(string text, bool isHexadecimal)
    {
        var isLong = text.Length > LongestOnStack;
        Span<ushort> digits = isLong ? new ushort[text.Length] : stackalloc ushort[text.Length];
        Span<ushort> radices = isLong ? new ushort[text.Length] : stackalloc ushort[text.Length];
        Span<int> places = isLong ? new int[text.Length] : stackalloc int[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (TryPlace(text[i], isHexadecimal, out digits[count], out radices[count]))
            {
                places[count++] = i;
            }
        }

        PermuteAll(digits[..count], radices[..count]);
        Span<char> mapped = isLong ? new char[text.Length] : stackalloc char[text.Length];
        text.CopyTo(mapped);
        for (var i = 0; i < count; i++)
        {
            mapped[places[i]] = (char)(FirstOf(text[places[i]]) + digits[i]);
        }

        return new string(mapped);
    }

    /// <summary>
    /// Leaves no text as it is. Texts that the permutation would leave hand their places on: each takes the next one's, and the first
    /// that is not left takes what remains.
    /// </summary>
    private void PermuteAll(Span<ushort> digits, ReadOnlySpan<ushort> radices)
    {
        if (!AreFew(radices))
        {
            Permute(digits, radices);
            return;
        }

        Span<ushort> text = stackalloc ushort[digits.Length];
        Span<ushort> before = stackalloc ushort[digits.Length];
        digits.CopyTo(text);
        Permute(digits, radices);
        if (digits.SequenceEqual(text))
        {
            Step(digits, radices, 1);
            Permute(digits, radices);
            return;
        }

        // What remains is the first of those right before this text that are left. This one is not left, which ends the search.
        while (true)
        {
            Step(text, radices, -1);
            text.CopyTo(before);
            Permute(before, radices);
            if (!before.SequenceEqual(text))
            {
                return;
            }

            text.CopyTo(digits);
        }
    }

    /// <summary>Whether there are so few texts of a form that one of them is likely to be left as it is, and more than one.</summary>
    private static bool AreFew(ReadOnlySpan<ushort> radices)
    {
        var texts = 1UL;
        foreach (var radix in radices)
        {
            texts *= radix;
            if (texts >= FewTexts)
            {
                return false;
            }
        }

        return texts > 1;
    }

    /// <summary>The next text of the form, or the one before; the first follows the last.</summary>
    private static void Step(Span<ushort> digits, ReadOnlySpan<ushort> radices, int by)
    {
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[i] + by;
            digits[i] = (ushort)((digit + radices[i]) % radices[i]);
            if (digit >= 0 && digit < radices[i])
            {
                return;
            }
        }
    }

    private void Permute(Span<ushort> digits, ReadOnlySpan<ushort> radices)
    {
        if (digits.IsEmpty)
        {
            return;
        }

        var length = key.Length + 1 + (2 * digits.Length) + (2 * digits.Length);
        Span<byte> input = digits.Length > LongestOnStack ? new byte[length] : stackalloc byte[length];
        key.CopyTo(input);
        for (var i = 0; i < radices.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(input[(key.Length + 1 + (2 * i))..], radices[i]);
        }

        Span<byte> seed = stackalloc byte[SHA256.HashSizeInBytes + sizeof(int)];
        Span<byte> block = stackalloc byte[SHA256.HashSizeInBytes];
        var rounds = digits.Length < Short ? RoundsOfShort : Rounds;
        for (var round = 0; round < rounds; round++)
        {
            input[key.Length] = (byte)round;
            var sources = input[(key.Length + 1 + (2 * digits.Length))..];
            sources.Clear();
            for (var i = (round + 1) % 2; i < digits.Length; i += 2)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(sources[(2 * i)..], digits[i]);
            }

            SHA256.HashData(input, seed);
            AddStream(digits, radices, round % 2, seed, block);
        }
    }

    private static void AddStream(Span<ushort> digits, ReadOnlySpan<ushort> radices, int first, Span<byte> seed, Span<byte> block)
    {
        var used = block.Length;
        var counter = 0;
        for (var i = first; i < digits.Length; i += 2)
        {
            if (used == block.Length)
            {
                BinaryPrimitives.WriteInt32LittleEndian(seed[SHA256.HashSizeInBytes..], counter++);
                SHA256.HashData(seed, block);
                used = 0;
            }

            var random = BinaryPrimitives.ReadUInt32LittleEndian(block[used..]);
            used += sizeof(uint);
            digits[i] = (ushort)((digits[i] + (random % radices[i])) % radices[i]);
        }
    }

    private static bool TryPlace(char character, bool isHexadecimal, out ushort digit, out ushort radix)
    {
        (digit, radix) = (0, 0);
        if (char.IsAsciiDigit(character))
        {
            (digit, radix) = ((ushort)(character - '0'), 10);
        }
        else if (char.IsAsciiLetter(character))
        {
            (digit, radix) = ((ushort)((character | 0x20) - 'a'), (ushort)(isHexadecimal ? HexadecimalLetters : Letters));
        }
        else if (character >= 0x80)
        {
            var (first, count) = AlphabetOf(character);
            (digit, radix) = ((ushort)(character - first), (ushort)count);
        }

        return radix > 1;
    }

    private static char FirstOf(char character) => character switch
    {
        >= '0' and <= '9' => '0',
        >= 'a' and <= 'z' => 'a',
        >= 'A' and <= 'Z' => 'A',
        _ => AlphabetOf(character).First,
    };

    /// <summary>The alphabet beyond ASCII that a character belongs to, or one of no characters.</summary>
    private static (char First, int Count) AlphabetOf(char character)
    {
        foreach (var alphabet in Alphabets)
        {
            if (character >= alphabet.First && character < alphabet.First + alphabet.Count)
            {
                return alphabet;
            }
        }

        return char.IsLetter(character) ? LettersAround(character) : default;
    }

    /// <summary>The letters next to one that is of no known alphabet.</summary>
    private static (char First, int Count) LettersAround(char letter)
    {
        var (first, last) = (letter, letter);
        while (first % RestBlock > 0 && IsOther((char)(first - 1)))
        {
            first--;
        }

        while (last % RestBlock < RestBlock - 1 && IsOther((char)(last + 1)))
        {
            last++;
        }

        return (first, last - first + 1);
    }

    private static bool IsOther(char character) =>
        char.IsLetter(character) && !Array.Exists(Alphabets, alphabet => character >= alphabet.First && character < alphabet.First + alphabet.Count);

    private static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        var (digits, letters) = (0, 0);
        foreach (var character in text)
        {
            if (char.IsAsciiLetter(character))
            {
                letters++;
                if (!char.IsAsciiHexDigit(character))
                {
                    return false;
                }
            }

            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return digits > 0 && letters > 0 && digits + letters >= ShortestHexadecimal;
    }
}
