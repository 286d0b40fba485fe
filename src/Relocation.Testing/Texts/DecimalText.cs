using System.Buffers;
using System.Globalization;
using System.Text;

namespace Relocation.Testing.Texts;

/// <summary>Exact numbers in one form, no matter with how many zeros a database keeps them.</summary>
internal static class DecimalText
{
    /// <summary>Texts of so many bytes are of numbers that .NET keeps.</summary>
    private const int SafeLength = 28;

    /// <summary>Whoever divides by it takes all zeros from the end of a number.</summary>
    private const decimal OfManyZeros = 1.0000000000000000000000000000m;

    private static readonly SearchValues<byte> Plainest = SearchValues.Create("-.0123456789"u8);

    /// <summary>The number without a sign of zero, an exponent, and zeros at its end.</summary>
    /// <exception cref="FormatException">It is none that .NET keeps, such as NaN.</exception>
    internal static string Plain(ReadOnlySpan<byte> number) => ExactDecimal.TryParse(number, out var value)
        ? (value / OfManyZeros).ToString(CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text
        : throw new FormatException(ErrorText.NotADecimal());

    /// <summary>The number without zeros at its end.</summary>
    internal static ReadOnlySpan<byte> Shortest(ReadOnlySpan<byte> number)
    {
        if (number.Length > SafeLength || number.ContainsAnyExcept(Plainest))
        {
            return Encoding.UTF8.GetBytes(Plain(number));
        }

        if (number.Contains((byte)'.'))
        {
            number = number.TrimEnd((byte)'0');
            number = number[^1] == '.' ? number[..^1] : number;
        }

        return number.SequenceEqual("-0"u8) ? number[1..] : number;
    }
}
