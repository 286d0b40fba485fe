using System.Globalization;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>A moment as SQLite keeps it: imports and EF Core write the same text, so that texts order as moments do.</summary>
internal static class InstantText
{
    internal const int MostCharacters = 40;

    /// <summary>Writes a moment in UTC and gives the number of characters.</summary>
    internal static int Write(DateTimeOffset moment, Span<char> text)
    {
        moment.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        "+00:00".CopyTo(text[length..]);
        return length + "+00:00".Length;
    }

    internal static DateTimeOffset Parse(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
