using System.Globalization;

namespace Relocation.Testing.Sources;

/// <summary>Texts that differ because they hold a record's number.</summary>
internal static class UniqueText
{
    /// <summary>Whether a number up to <paramref name="last"/> leaves room for something readable before it.</summary>
    internal static bool HasRoom(int? maxLength, long last) =>
        maxLength is not { } most || most >= last.ToString(CultureInfo.InvariantCulture).Length + 3;

    /// <summary>How many texts of that length there are when only letters fit.</summary>
    internal static long Letters(int length)
    {
        var count = 1L;
        for (var letter = 0; letter < Math.Min(length, 13); letter++)
        {
            count *= 26;
        }

        return count;
    }

    /// <summary>A readable text and the number; an address keeps its form.</summary>
    internal static string WithNumber(string text, long number, int? maxLength)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at > 0 && (maxLength is not { } limit || limit > text.Length - at + digits.Length))
        {
            // Digits of the text itself would run into the number's.
            return Cut(text[..at].TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']), maxLength - (text.Length - at) - digits.Length) + digits + text[at..];
        }

        return Cut(text, maxLength - digits.Length - 1) + "-" + digits;
    }

    /// <summary>A network address of its own for each number, from ranges that nobody has.</summary>
    internal static string Address(long number)
    {
        const long Last = 0xFF_FFFF;
        return number is >= 0 and <= Last
            ? string.Create(CultureInfo.InvariantCulture, $"10.{number >> 16}.{(number >> 8) & 0xFF}.{number & 0xFF}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"2001:db8:{(number >> 48) & 0xFFFF:x}:{(number >> 32) & 0xFFFF:x}:0:1:{(number >> 16) & 0xFFFF:x}:{number & 0xFFFF:x}");
    }

    /// <summary>As many letters as the length asks for; distinct for distinct numbers below <see cref="Letters"/>.</summary>
    internal static string OfLetters(long number, int length)
    {
        // Coprime to 26, so multiplying by it only shuffles.
        const long Shuffle = 11_400_714_821L;
        var capacity = Letters(length);
        var rest = (long)((((Int128)number * Shuffle % capacity) + capacity) % capacity);
        return string.Create(length, rest, static (letters, left) =>
        {
            for (var index = letters.Length - 1; index >= 0; index--)
            {
                letters[index] = (char)('A' + (left % 26));
                left /= 26;
            }
        });
    }

    /// <summary>The first characters of a text; a surrogate pair is not torn.</summary>
    internal static string Cut(string text, int? maxLength)
    {
        if (maxLength is not { } most || text.Length <= most)
        {
            return text;
        }

        return most > 0 && char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..Math.Max(most, 0)];
    }
}
