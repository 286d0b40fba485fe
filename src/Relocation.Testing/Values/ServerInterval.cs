using System.Globalization;

namespace Relocation.Testing.Values;

/// <summary>
/// Reads lengths of time as PostgreSQL writes them: <c>-2 days +03:04:05.5</c>, where each part has a sign of its own and hours may be more than a day.
/// </summary>
internal static class ServerInterval
{
    /// <summary>False for what no length of time of .NET is, such as one with months.</summary>
    internal static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        var parts = text.Split(' ');
        var ticks = 0m;
        for (var at = 0; at < parts.Length; at++)
        {
            if (at + 1 < parts.Length && parts[at + 1] is "day" or "days"
                && int.TryParse(parts[at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days))
            {
                ticks += (decimal)days * TimeSpan.TicksPerDay;
                at++;
            }
            else if (ClockOf(parts[at]) is { } clock)
            {
                ticks += clock;
            }
            else
            {
                return false;
            }
        }

        if (ticks < TimeSpan.MinValue.Ticks || ticks > TimeSpan.MaxValue.Ticks)
        {
            return false;
        }

        span = new TimeSpan((long)ticks);
        return true;
    }

    /// <summary>The ticks of hours, minutes and seconds.</summary>
    private static decimal? ClockOf(string text)
    {
        var sign = text.StartsWith('-') ? -1 : 1;
        var parts = text.TrimStart('-', '+').Split(':');
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && decimal.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? sign * (((decimal)hours * TimeSpan.TicksPerHour) + ((decimal)minutes * TimeSpan.TicksPerMinute) + decimal.Truncate(seconds * TimeSpan.TicksPerSecond))
            : null;
    }
}
