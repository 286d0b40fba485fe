using System.Globalization;
using System.Text;

namespace Relocation.Testing.Comparing.Values;

/// <summary>Numbers by their value, however they are written: <c>1e-05</c>, <c>1E-05</c> and <c>0.00001</c> are one.</summary>
internal static class CanonicalNumber
{
    /// <summary>Exponents of more digits are compared as they are written; no value of any database has one.</summary>
    private const int LongestExponent = 9;

    /// <summary>The digits without zeros at either end, and the power of ten that they are multiplied by.</summary>
    /// <param name="number">A number as JSON writes it.</param>
    internal static string Of(ReadOnlySpan<byte> number)
    {
        var mark = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = mark < 0 ? number : number[..mark];
        var exponent = 0L;
        if (mark >= 0 && !TryReadExponent(number[(mark + 1)..], out exponent))
        {
            return Encoding.ASCII.GetString(number);
        }

        var isNegative = mantissa[0] == (byte)'-';
        var point = mantissa.IndexOf((byte)'.');
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
        }

        var digits = new StringBuilder(mantissa.Length);
        foreach (var digit in mantissa)
        {
            if (digit is >= (byte)'0' and <= (byte)'9' && (digit != (byte)'0' || digits.Length > 0))
            {
                digits.Append((char)digit);
            }
        }

        var length = digits.Length;
        while (length > 0 && digits[length - 1] == '0')
        {
            length--;
        }

        if (length == 0)
        {
            return "0";
        }

        exponent += digits.Length - length;
        digits.Length = length;
        var sign = isNegative ? "-" : string.Empty;
        return exponent == 0 ? $"{sign}{digits}" : string.Create(CultureInfo.InvariantCulture, $"{sign}{digits}e{exponent}");
    }

    /// <summary>Whether the text is a number as JSON writes it.</summary>
    internal static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || !(text[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9')))
        {
            return false;
        }

        var reader = new System.Text.Json.Utf8JsonReader(text);
        try
        {
            return reader.Read() && reader.TokenType == System.Text.Json.JsonTokenType.Number && !reader.Read();
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        exponent = 0;
        return text.Length <= LongestExponent + 1
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
    }
}
