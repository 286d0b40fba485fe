using System.Buffers.Text;
using System.Globalization;

namespace Relocation.Testing.Texts;

/// <summary>Reads decimal numbers as they are, or not at all: .NET's own reading rounds what has too many digits.</summary>
internal static class ExactDecimal
{
    /// <summary>As many digits as <see cref="decimal"/> always keeps.</summary>
    private const int SafeDigits = 28;

    private const int MostDigits = 29;
    private const int LongestText = 32;

    internal static bool TryParse(ReadOnlySpan<byte> text, out decimal number)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        return (text.Length <= SafeDigits && !text.ContainsAny((byte)'e', (byte)'E')) || IsSame(text, number);
    }

    /// <summary>Whether the number has the text's digits at the text's places.</summary>
    private static bool IsSame(ReadOnlySpan<byte> text, decimal number)
    {
        Span<byte> given = stackalloc byte[MostDigits];
        Span<byte> kept = stackalloc byte[MostDigits];
        Span<byte> written = stackalloc byte[LongestText];
        number.TryFormat(written, out var length, provider: CultureInfo.InvariantCulture);
        return TryDigits(text, given, out var count, out var power) && TryDigits(written[..length], kept, out var keptCount, out var keptPower)
            && count == keptCount && power == keptPower && given[..count].SequenceEqual(kept[..count]);
    }

    /// <summary>The digits from the first to the last that is not zero, and the power of ten that the last stands for.</summary>
    private static bool TryDigits(ReadOnlySpan<byte> text, Span<byte> digits, out int count, out long power)
    {
        count = 0;
        power = 0;
        var exponent = 0;
        var end = text.IndexOfAny((byte)'e', (byte)'E');
        if (end >= 0)
        {
            var sign = text[end + 1] == '+' ? 2 : 1;
            if (!Utf8Parser.TryParse(text[(end + sign)..].TrimEnd((byte)' '), out exponent, out _))
            {
                return false;
            }

            text = text[..end];
        }

        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text.TrimEnd((byte)' ').Length : point;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is <= (byte)'0' or > (byte)'9')
            {
                continue;
            }

            // The zeros between this digit and the one before it count as digits too.
            var place = at > whole ? whole - at : whole - at - 1L;
            var before = count == 0 ? 0 : power - place - 1;
            if (count + before >= digits.Length)
            {
                return false;
            }

            digits.Slice(count, (int)before).Fill((byte)'0');
            count += (int)before;
            digits[count++] = text[at];
            power = place;
        }

        power += count == 0 ? 0 : exponent;
        return true;
    }
}
