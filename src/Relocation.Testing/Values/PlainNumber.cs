using System.Globalization;

namespace Relocation.Testing.Values;

/// <summary>Writes JSON numbers without exponents and without a negative zero, as databases do that do not keep their text (jsonb).</summary>
internal static class PlainNumber
{
    /// <summary>What is further away from zero than any database's number stays as it is.</summary>
    private const int LargestExponent = 1_000;

    /// <summary>The number in its plain form, or null where it is in that form already.</summary>
    internal static string? Of(string number)
    {
        var at = number.AsSpan().IndexOfAny('e', 'E');
        var isZero = !number.AsSpan(0, at < 0 ? number.Length : at).ContainsAnyInRange('1', '9');
        if (at < 0)
        {
            return isZero && number[0] == '-' ? number[1..] : null;
        }

        if (!int.TryParse(number.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            || Math.Abs(exponent) > LargestExponent)
        {
            return null;
        }

        var sign = number[0] == '-' && !isZero ? "-" : string.Empty;
        var mantissa = number[0] == '-' ? number[1..at] : number[..at];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", string.Empty, StringComparison.Ordinal);
        var whole = (point < 0 ? digits.Length : point) + exponent;
        if (whole <= 0)
        {
            digits = new string('0', 1 - whole) + digits;
            whole = 1;
        }

        var before = digits[..Math.Min(whole, digits.Length)].PadRight(whole, '0').TrimStart('0');
        var after = whole < digits.Length ? $".{digits[whole..]}" : string.Empty;
        return $"{sign}{(before.Length == 0 ? "0" : before)}{after}";
    }
}
