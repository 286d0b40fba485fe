namespace Relocation.Testing.Sentry.Events.Describing;

/// <summary>
/// Text that is cut to a length (docs/events.md, What is repaired). Lengths count characters as people do: one for what takes two UTF-16
/// units.
/// </summary>
internal static class TrimmedText
{
    private const string Dots = "...";

    /// <summary>Whether text has at most so many characters.</summary>
    internal static bool Fits(string text, int limit) => text.Length <= limit || (text.Length <= 2 * limit && EndOf(text, limit) == text.Length);

    /// <summary>Text as it is, or its beginning with three dots, which count.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">The longest result, in characters, at least 3.</param>
    internal static string Cut(string text, int limit) =>
        Fits(text, limit) ? text : string.Concat(text.AsSpan(0, EndOf(text, limit - Dots.Length)), Dots);

    /// <summary>The beginning of a text, without dots.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">The longest result, in characters.</param>
    internal static string Start(string text, int limit) => text.Length <= limit ? text : text[..EndOf(text, limit)];

    /// <summary>Where so many characters end, or the text does.</summary>
    private static int EndOf(string text, int characters)
    {
        var at = 0;
        for (var count = 0; count < characters && at < text.Length; count++)
        {
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        }

        return at;
    }
}
