using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing;

/// <content>Numbers that have a form of their own: of phones, accounts, cards and places.</content>
public sealed partial class Sanitizer
{
    private const int FewestDigitsOfPhone = 4;

    /// <summary>The largest numbers that columns take, so that what comes out fits where the old number did.</summary>
    private static readonly long[] Bounds = [sbyte.MaxValue, byte.MaxValue, short.MaxValue, ushort.MaxValue, int.MaxValue, uint.MaxValue, long.MaxValue];

    /// <summary>A phone number of the same form that begins alike: <c>+4</c>, <c>00</c> and <c>0</c> stay.</summary>
    /// <param name="value">The number.</param>
    public string MapPhone(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var kept = value switch
        {
            ['+', >= '1' and <= '9', ..] => 2,
            ['0', '0', >= '1' and <= '9', ..] => 3,
            ['0', ..] => 1,
            _ => 0,
        };
        return value.Skip(kept).Count(char.IsAsciiDigit) >= FewestDigitsOfPhone && kept > 0 ? value[..kept] + _characters.Map(value[kept..]) : MapText(value);
    }

    /// <summary>A user name of the same form; an e-mail address as <see cref="MapEmail"/>, a Guid as <see cref="MapUuid"/>.</summary>
    /// <param name="value">The name.</param>
    public string MapUserName(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return _slugs.Find(value) ?? MapForm(value);
    }

    /// <summary>An IBAN of the same country with right check digits, written as the old one is; other text as <see cref="MapText"/>.</summary>
    /// <param name="value">The IBAN.</param>
    public string MapIban(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var plain = Plain(value);
        if (plain.Length is < 15 or > 34 || !plain.Take(2).All(char.IsAsciiLetter) || !plain.All(char.IsAsciiLetterOrDigit) || Remainder(plain) != 1)
        {
            return plain.Length > 4 && plain.Take(2).All(char.IsAsciiLetter) && value.StartsWith(plain[..2], StringComparison.Ordinal)
                ? value[..2] + _characters.Map(value[2..])
                : MapText(value);
        }

        var account = _characters.Map(plain[4..]);
        var check = 98 - Remainder($"{plain[..2]}00{account}");
        return Written(value, string.Create(CultureInfo.InvariantCulture, $"{plain[..2]}{check:00}{account}"));
    }

    /// <summary>The number of a card, with the same first digit and a right check digit, written as the old one is; other text as <see cref="MapText"/>.</summary>
    /// <param name="value">The number.</param>
    public string MapCardNumber(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var plain = Plain(value);
        if (plain.Length is < 12 or > 19 || !plain.All(char.IsAsciiDigit) || CheckDigit(plain[..^1]) != plain[^1])
        {
            return MapText(value);
        }

        var number = plain[0] + _characters.Map(plain[1..^1]);
        return Written(value, number + CheckDigit(number));
    }

    /// <summary>Another month of the same year, as in <c>03/29</c>, <c>0329</c>, <c>03/2029</c> or <c>2029-03</c>; other text as <see cref="MapText"/>.</summary>
    /// <param name="value">The month.</param>
    public string MapCardExpiry(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var plain = Plain(value);
        var at = value.Length == 7 && value[4] == '-' ? 5 : 0;
        var month = 0;
        if (plain.Length is not (4 or 6) || !plain.All(char.IsAsciiDigit)
            || !int.TryParse(value.AsSpan(at, 2), NumberStyles.None, CultureInfo.InvariantCulture, out month) || month is < 1 or > 12)
        {
            return MapText(value);
        }

        var by = 1 + (Hash("month", value.Remove(at, 2))[0] % 11);
        return string.Create(CultureInfo.InvariantCulture, $"{value[..at]}{((month - 1 + by) % 12) + 1:00}{value[(at + 2)..]}");
    }

    /// <summary>A MAC address of the same form, of 6 or 8 bytes; other text as <see cref="MapText"/>.</summary>
    /// <param name="value">The address.</param>
    public string MapMacAddress(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var plain = Plain(value);
        if (plain.Length is not (12 or 16) || !plain.All(char.IsAsciiHexDigit))
        {
            return MapText(value);
        }

        var bytes = Convert.FromHexString(plain);
        MapBytes("mac", bytes);
        var mapped = Convert.ToHexStringLower(bytes);
        return Written(value, value.AsSpan().ContainsAnyInRange('A', 'F') ? mapped.ToUpperInvariant() : mapped);
    }

    /// <summary>Bytes in base64, as many as before; other text as <see cref="MapText"/>.</summary>
    /// <param name="value">The bytes.</param>
    public string MapBinary(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var bytes = new byte[(value.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(value, bytes, out var length))
        {
            return MapText(value);
        }

        MapBytes("bytes", bytes.AsSpan(0, length));
        return Convert.ToBase64String(bytes, 0, length);
    }

    /// <summary>
    /// Coordinates in any text: degrees stay below 90 where they were, and below 180 else, with the same sign and as many digits behind the
    /// point.
    /// </summary>
    /// <param name="value">A number, or text with several.</param>
    public string MapCoordinate(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.AsSpan().ContainsAny('e', 'E') && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            value = number.ToString("0.###############", CultureInfo.InvariantCulture);
        }

        var mapped = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length;)
        {
            var end = i;
            while (end < value.Length && char.IsAsciiDigit(value[end]))
            {
                end++;
            }

            if (end == i)
            {
                mapped.Append(value[i++]);
                continue;
            }

            var isFraction = i > 1 && value[i - 1] == '.' && char.IsAsciiDigit(value[i - 2]);
            mapped.Append(isFraction ? MapFraction(value[i..end]) : MapDegrees(value[i..end], value.AsSpan(end)));
            i = end;
        }

        return mapped.ToString();
    }

    /// <summary>
    /// A number of as many digits, before the point and behind it; a whole one fits into the smallest column that took the old one. Zero stays.
    /// </summary>
    internal string MapNumber(string value)
    {
        if (value.AsSpan().ContainsAny('e', 'E'))
        {
            if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return value;
            }

            value = number.ToString(CultureInfo.InvariantCulture);
        }

        var sign = value.StartsWith('-') ? 1 : 0;
        var point = value.IndexOf('.', StringComparison.Ordinal);
        var whole = MapWhole(point < 0 ? value[sign..] : value[sign..point]);
        return string.Concat(value.AsSpan(0, sign), whole, point < 0 ? string.Empty : "." + MapFraction(value[(point + 1)..]));
    }

    private string MapWhole(string digits)
    {
        if (digits[0] == '0')
        {
            return digits;
        }

        // What does not fit is replaced again, so that different numbers stay different.
        var bound = BoundOf(digits);
        var mapped = digits;
        do
        {
            mapped = _characters.Map(mapped);
        }
        while (mapped[0] == '0' || BoundOf(mapped) != bound);

        return mapped;
    }

    /// <summary>Which of the bounds is the smallest that a number does not pass; -1 where it passes all.</summary>
    private static int BoundOf(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Array.FindIndex(Bounds, bound => number <= bound) : -1;

    private string MapDegrees(string digits, ReadOnlySpan<char> behind)
    {
        const int Quarter = 90;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var degrees) || degrees > 2 * Quarter)
        {
            return _characters.Map(digits);
        }

        // A pole, and the line where days change, have no neighbours beyond them.
        if (degrees is Quarter or 2 * Quarter && !(behind is ['.', ..] && behind[1..].ContainsAnyInRange('1', '9')))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{degrees - 1}");
        }

        var by = 1 + (Hash("degrees", string.Empty)[0] % (Quarter - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{(degrees / Quarter * Quarter) + ((degrees + by) % Quarter)}");
    }

    private string MapFraction(string digits) => digits.AsSpan().ContainsAnyExcept('0') ? _characters.Map(digits) : digits;

    /// <summary>As many other bytes, one to one.</summary>
    private void MapBytes(string purpose, Span<byte> bytes)
    {
        var half = (bytes.Length + 1) / 2;
        for (var round = 0; round < 8; round++)
        {
            var isFirst = round % 2 == 0;
            AddStream($"{purpose} {round}", isFirst ? bytes[..half] : bytes[half..], isFirst ? bytes[half..] : bytes[..half]);
        }
    }

    /// <summary>Adds a stream that follows from some bytes to others.</summary>
    private void AddStream(string purpose, ReadOnlySpan<byte> from, Span<byte> to)
    {
        var seed = Hash(purpose, Convert.ToHexString(SHA256.HashData(from)));
        for (var (i, counter) = (0, 0); i < to.Length; counter++)
        {
            var block = Hash(string.Create(CultureInfo.InvariantCulture, $"{purpose} {counter}"), Convert.ToHexString(seed));
            for (var used = 0; used < block.Length && i < to.Length; used++, i++)
            {
                to[i] ^= block[used];
            }
        }
    }

    /// <summary>The letters and digits of a text.</summary>
    private static string Plain(string value) => string.Concat(value.Where(char.IsLetterOrDigit));

    /// <summary>Letters and digits in the places of others.</summary>
    private static string Written(string form, string plain)
    {
        var next = 0;
        return string.Create(form.Length, (form, plain), (written, source) =>
        {
            for (var i = 0; i < written.Length; i++)
            {
                written[i] = char.IsLetterOrDigit(source.form[i]) ? source.plain[next++] : source.form[i];
            }
        });
    }

    /// <summary>What an IBAN leaves when it is divided by 97: one where its check digits are right.</summary>
    private static int Remainder(string iban)
    {
        var digits = string.Concat((iban[4..] + iban[..4]).Select(character => char.IsAsciiDigit(character)
            ? character.ToString()
            : (char.ToUpperInvariant(character) - 'A' + 10).ToString(CultureInfo.InvariantCulture)));
        return (int)(BigInteger.Parse(digits, CultureInfo.InvariantCulture) % 97);
    }

    /// <summary>The check digit behind a card's number.</summary>
    private static char CheckDigit(string number)
    {
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = number[number.Length - 1 - i] - '0';
            sum += i % 2 == 1 ? digit : digit > 4 ? (2 * digit) - 9 : 2 * digit;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
