using System.Globalization;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>A moment as SQLite keeps it: imports and EF Core write the same text, so that texts order as moments do.</summary>
internal static class InstantText
{
    internal const int MostBytes = 40;

    /// <summary>How many digits a fraction of a second has that is counted in ticks.</summary>
    private const int FractionDigits = 7;

    /// <summary>Writes a moment in UTC, without the zeros that end a fraction, and gives the number of bytes.</summary>
    internal static int Write(DateTimeOffset moment, Span<byte> text)
    {
        var utc = moment.UtcDateTime;
        var at = Write(utc.Year, 4, text, 0);
        at = Write(utc.Month, 2, text, at, '-');
        at = Write(utc.Day, 2, text, at, '-');
        at = Write(utc.Hour, 2, text, at, ' ');
        at = Write(utc.Minute, 2, text, at, ':');
        at = Write(utc.Second, 2, text, at, ':');
        if ((int)(utc.Ticks % TimeSpan.TicksPerSecond) is var fraction and > 0)
        {
            at = Write(fraction, FractionDigits, text, at, '.');
            while (text[at - 1] == '0')
            {
                at--;
            }
        }

        "+00:00"u8.CopyTo(text[at..]);
        return at + "+00:00".Length;
    }

    internal static DateTimeOffset Parse(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static int Write(int number, int digits, Span<byte> text, int at, char before)
    {
        text[at] = (byte)before;
        return Write(number, digits, text, at + 1);
    }

    private static int Write(int number, int digits, Span<byte> text, int at)
    {
        for (var i = at + digits - 1; i >= at; i--)
        {
            (number, var digit) = Math.DivRem(number, 10);
            text[i] = (byte)('0' + digit);
        }

        return at + digits;
    }
}
