using System.Globalization;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>Moments of payloads: seconds since 1970, or text as ISO 8601 writes it, in UTC unless it says otherwise. Counted in microseconds.</summary>
internal static class Moment
{
    internal const long Second = 1_000_000;

    /// <summary>No calendar goes further than this, in seconds either way.</summary>
    private const double Furthest = 8.2e12;

    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    /// <summary>Microseconds since 1970, or null where it is no moment.</summary>
    internal static long? Read(JsonNode? node) => Payload.Number(node) is { } seconds ? OfSeconds(seconds)
        : Payload.Text(node) is { } text ? OfText(text)
        : null;

    /// <summary>A moment as payloads hold it once they are normalised.</summary>
    internal static JsonNode Write(long microseconds) => JsonValue.Create(microseconds / (double)Second);

    internal static long Of(DateTimeOffset moment) => (moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>A moment as errors show it.</summary>
    internal static string Show(long microseconds)
    {
        const long First = -62_135_596_800, Last = 253_402_300_799;
        var seconds = microseconds / Second;
        return seconds is < First or > Last
            ? string.Create(CultureInfo.InvariantCulture, $"{microseconds / (double)Second}")
            : DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", CultureInfo.InvariantCulture);
    }

    private static long? OfSeconds(double seconds) =>
        Math.Abs(seconds) <= Furthest ? (long)Math.Round(seconds * Second, MidpointRounding.AwayFromZero) : null;

    private static long? OfText(string text) => OfUsualText(text) ?? OfAnyText(text);

    /// <summary>The form that nearly all payloads have, read without a parser of many forms: in UTC, with or without a fraction and a Z.</summary>
    private static long? OfUsualText(ReadOnlySpan<char> text)
    {
        const int Whole = 19, MostCounted = 6;
        text = text is [.. var before, 'Z'] ? before : text;
        if (text.Length < Whole || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !TryRead(text[..4], out var year) || !TryRead(text[5..7], out var month) || !TryRead(text[8..10], out var day)
            || !TryRead(text[11..13], out var hour) || !TryRead(text[14..16], out var minute) || !TryRead(text[17..Whole], out var second)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        var fraction = text[Whole..];
        var microseconds = 0;
        if (fraction.Length > 0)
        {
            if (fraction is not ['.', _, ..] || fraction[1..].ContainsAnyExceptInRange('0', '9'))
            {
                return null;
            }

            for (var digit = 1; digit <= MostCounted; digit++)
            {
                microseconds = (microseconds * 10) + (digit < fraction.Length ? fraction[digit] - '0' : 0);
            }
        }

        return Of(new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero)) + microseconds;
    }

    private static bool TryRead(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    private static long? OfAnyText(string text)
    {
        var trimmed = WithoutFinest(text.Trim());
        return DateTimeOffset.TryParseExact(trimmed, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Of(moment)
            : null;
    }

    /// <summary>Text without the digits of a fraction that are finer than what .NET counts.</summary>
    private static string WithoutFinest(string text)
    {
        const int Finest = 7;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var end = point + 1;
        while (point > 0 && end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return point > 0 && end - point - 1 > Finest ? string.Concat(text.AsSpan(0, point + 1 + Finest), text.AsSpan(end)) : text;
    }
}
