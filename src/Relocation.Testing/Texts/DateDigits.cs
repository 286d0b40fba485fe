namespace Relocation.Testing.Texts;

/// <summary>Writes the digits of dates and times, which backups and databases have in common.</summary>
internal static class DateDigits
{
    /// <summary>Writes <c>2026-01-31</c>; returns its length.</summary>
    internal static int WriteDate(DateOnly date, Span<byte> text)
    {
        Write(text, 0, 4, date.Year);
        text[4] = (byte)'-';
        Write(text, 5, 2, date.Month);
        text[7] = (byte)'-';
        Write(text, 8, 2, date.Day);
        return 10;
    }

    /// <summary>Writes a time of the day as <c>23:59:59</c>, without its fraction; returns its length.</summary>
    internal static int WriteClock(long ticks, Span<byte> text)
    {
        Write(text, 0, 2, (int)(ticks / TimeSpan.TicksPerHour));
        text[2] = (byte)':';
        Write(text, 3, 2, (int)(ticks / TimeSpan.TicksPerMinute % 60));
        text[5] = (byte)':';
        Write(text, 6, 2, (int)(ticks / TimeSpan.TicksPerSecond % 60));
        return 8;
    }

    /// <summary>Writes an offset of some minutes as <c>+02:00</c>; returns its length.</summary>
    internal static int WriteOffset(int minutes, Span<byte> text)
    {
        text[0] = minutes < 0 ? (byte)'-' : (byte)'+';
        Write(text, 1, 2, Math.Abs(minutes) / 60);
        text[3] = (byte)':';
        Write(text, 4, 2, Math.Abs(minutes) % 60);
        return 6;
    }

    /// <summary>Writes a number with that many digits, zeros in front.</summary>
    internal static void Write(Span<byte> text, int start, int count, int value)
    {
        for (var at = start + count - 1; at >= start; at--)
        {
            text[at] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
