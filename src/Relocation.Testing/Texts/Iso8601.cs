using System.Runtime.CompilerServices;

namespace Relocation.Testing.Texts;

/// <summary>Reads dates and times from UTF-8, as Django and .NET write them (docs/sentry-import.md, section 1.3).</summary>
/// <remarks>Written for the usual <c>2024-08-15T20:23:26.000Z</c>; a space for the T, no seconds, and offsets are read too.</remarks>
internal static class Iso8601
{
    private const int DateLength = 10;
    private const int TickDigits = 7;

    /// <summary>No place on earth is further from UTC, and .NET has no such moments.</summary>
    private const int MostMinutes = 14 * 60;

    internal static bool TryReadDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length != DateLength || text[4] != '-' || text[7] != '-'
            || !TryDigits(text, 0, 4, out var year) || !TryDigits(text, 5, 2, out var month) || !TryDigits(text, 8, 2, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>Reads <c>HH:MM[:SS[.f…]]</c>; digits beyond 100 nanoseconds are cut off.</summary>
    internal static bool TryReadTime(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 5 || text[2] != ':' || !TryDigits(text, 0, 2, out var hour) || !TryDigits(text, 3, 2, out var minute)
            || hour > 23 || minute > 59)
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        if (text.Length == 5)
        {
            return true;
        }

        if (text.Length < 8 || text[5] != ':' || !TryDigits(text, 6, 2, out var second) || second > 59)
        {
            return false;
        }

        ticks += second * TimeSpan.TicksPerSecond;
        return text.Length == 8 || TryReadFraction(text[8..], ref ticks);
    }

    /// <summary>Whether a second has more digits than .NET keeps, and not only zeros after these.</summary>
    internal static bool HasMoreThanTicks(ReadOnlySpan<byte> text)
    {
        var digits = text[(text.LastIndexOf((byte)'.') + 1)..];
        var end = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = end < 0 ? digits : digits[..end];
        return digits.Length > TickDigits && digits[TickDigits..].ContainsAnyExcept((byte)'0');
    }

    /// <summary>Reads a date and time; <paramref name="offset"/> is null where the text has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool TryReadDateTime(ReadOnlySpan<byte> text, out long ticks, out TimeSpan? offset)
    {
        ticks = 0;
        offset = null;
        if (text.Length < DateLength || !TryReadDate(text[..DateLength], out var date))
        {
            return false;
        }

        ticks = date.DayNumber * TimeSpan.TicksPerDay;
        if (text.Length == DateLength)
        {
            return true;
        }

        if (text[DateLength] is not ((byte)'T' or (byte)'t' or (byte)' '))
        {
            return false;
        }

        var clock = text[(DateLength + 1)..];
        var end = clock.IndexOfAny("Zz+-"u8);
        if (end >= 0)
        {
            if (!TryReadOffset(clock[end..], out var found))
            {
                return false;
            }

            offset = found;
            clock = clock[..end];
        }

        if (!TryReadTime(clock, out var time))
        {
            return false;
        }

        ticks += time;
        return true;
    }

    private static bool TryReadFraction(ReadOnlySpan<byte> text, ref long ticks)
    {
        if (text.Length < 2 || text[0] != '.')
        {
            return false;
        }

        var unit = TimeSpan.TicksPerSecond / 10;
        foreach (var digit in text[1..])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            ticks += (digit - '0') * unit;
            unit /= 10;
        }

        return true;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text.Length == 1)
        {
            return text[0] is (byte)'Z' or (byte)'z';
        }

        // Taken are +HH, +HHMM and +HH:MM.
        var minutes = 0;
        var wellFormed = TryDigits(text, 1, 2, out var hours) && text.Length switch
        {
            3 => true,
            5 => TryDigits(text, 3, 2, out minutes),
            6 => text[3] == ':' && TryDigits(text, 4, 2, out minutes),
            _ => false,
        };
        if (!wellFormed || text[0] is (byte)'Z' or (byte)'z' || minutes > 59 || (hours * 60) + minutes > MostMinutes)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? -offset : offset;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDigits(ReadOnlySpan<byte> text, int start, int count, out int value)
    {
        value = 0;
        if (start + count > text.Length)
        {
            return false;
        }

        for (var i = start; i < start + count; i++)
        {
            var digit = text[i] - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }
}
