using System.Globalization;
using System.Text;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Sanitizing.Replacing;

/// <summary>A date, or a date and time, as it is written: what changes when it moves, and what stays.</summary>
/// <param name="Ticks">The time where it was written, in ticks.</param>
/// <param name="Offset">What it is ahead of UTC; null where nothing is written.</param>
/// <param name="IsDay">Whether no time is written.</param>
internal readonly record struct DateText(long Ticks, TimeSpan? Offset, bool IsDay)
{
    private const int DateLength = 10;
    private const int LengthWithMinutes = 16;
    private const int LengthWithSeconds = 19;
    private const int Longest = 64;

    internal int Day => (int)(Ticks / TimeSpan.TicksPerDay);

    internal bool IsMidnight => Ticks % TimeSpan.TicksPerDay == 0;

    internal long UtcTicks => Math.Max(0, Ticks - (Offset ?? TimeSpan.Zero).Ticks);

    /// <summary>Reads a date; its characters are ASCII, or it is none.</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, out DateText date)
    {
        date = default;
        Span<byte> bytes = stackalloc byte[Longest];
        if (text.Length > Longest || Ascii.FromUtf16(text, bytes, out var length) != System.Buffers.OperationStatus.Done
            || !Iso8601.TryReadDateTime(bytes[..length], out var ticks, out var offset))
        {
            return false;
        }

        date = new DateText(ticks, offset, length == DateLength);
        return true;
    }

    /// <summary>Whether a text is PostgreSQL's end of all dates, which tells nothing.</summary>
    internal static bool IsEndless(string text) => text is "infinity" or "-infinity";

    /// <summary>The date moved by days; the other way where the calendar ends. All behind the date stays as it is written.</summary>
    internal string Moved(string text, int days) => string.Concat(Written(Ticks, days), text.AsSpan(DateLength));

    /// <summary>The date moved by seconds, written as it is: fractions and offset stay.</summary>
    internal string Moved(string text, TimeSpan by)
    {
        if (IsDay)
        {
            return Moved(text, (int)by.TotalDays);
        }

        // Where no seconds are written, whole minutes only.
        var hasSeconds = text.Length >= LengthWithSeconds && text[LengthWithMinutes] == ':';
        var ticks = by.Ticks - (hasSeconds ? 0 : by.Ticks % TimeSpan.TicksPerMinute);
        if (Ticks + ticks is < 0 or > 3_155_378_975_999_999_999)
        {
            ticks = -ticks;
        }

        var moved = new DateTime(Ticks + ticks);
        var clock = moved.ToString(hasSeconds ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);
        return string.Concat(Written(moved.Ticks, 0), text.AsSpan(DateLength, 1), clock, text.AsSpan(hasSeconds ? LengthWithSeconds : LengthWithMinutes));
    }

    private static string Written(long ticks, int days)
    {
        var day = DateOnly.FromDayNumber((int)(ticks / TimeSpan.TicksPerDay));
        var number = day.DayNumber + days;
        if (number < 0 || number > DateOnly.MaxValue.DayNumber)
        {
            number = day.DayNumber - days;
        }

        return DateOnly.FromDayNumber(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
