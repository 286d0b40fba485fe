using System.Globalization;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Moments as payloads and columns hold them.</summary>
internal static class Moments
{
    private const double MostSeconds = 253_402_300_799;

    /// <summary>Without what is finer than a microsecond, which PostgreSQL does not keep.</summary>
    internal static DateTimeOffset Rounded(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>Seconds since 1970, or a text of ISO 8601; null for anything else.</summary>
    internal static DateTimeOffset? Read(JsonNode? value)
    {
        if (value is not JsonValue scalar)
        {
            return null;
        }

        if (scalar.TryGetValue<double>(out var seconds))
        {
            return OfSeconds(seconds);
        }

        if (scalar.TryGetValue<long>(out var whole))
        {
            return OfSeconds(whole);
        }

        if (scalar.TryGetValue<decimal>(out var exact))
        {
            return OfSeconds((double)exact);
        }

        return scalar.TryGetValue<string>(out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
                ? Rounded(moment)
                : null;
    }

    internal static string Day(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset? OfSeconds(double seconds) => seconds is >= 0 and <= MostSeconds
        ? DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * 1_000_000) * TimeSpan.TicksPerMicrosecond)
        : null;
}
