using System.Globalization;
using System.Text;

namespace Relocation.Testing.Texts;

/// <summary>
/// The one way in which text that somebody else wrote is shown: labels, names of fields and files, and whatever messages quote. What a reader
/// would not see, or would see as something else, stands as a <c>\u</c> escape: control characters, marks of direction, characters without
/// width, blanks that look like nothing. What is longer than anybody reads is cut, with its length.
/// </summary>
internal static class ShownText
{
    private const int MostCharacters = 256;
    private const int MostInLine = 4096;
    private const int MostInMessage = 64 * 1024;

    /// <summary>A name or another single text, in one line.</summary>
    internal static string Of(string text) => Cut(text, MostCharacters, mayBreak: false);

    /// <summary>A path or a list, in one line; as long as systems allow paths to be.</summary>
    internal static string Line(string text) => Cut(text, MostInLine, mayBreak: false);

    /// <summary>A message, whose line ends are its own.</summary>
    internal static string Message(string text) => Cut(text, MostInMessage, mayBreak: true);

    /// <summary>Text of several lines, however long.</summary>
    internal static string Lines(string text) => Escaped(text, mayBreak: true);

    /// <summary>Whether a character of a text is shown as it is.</summary>
    internal static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',

        // Selectors of variants, fillers of Hangul and the empty pattern of Braille have no form of their own.
        _ => rune.Value is not (0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0)
            and not (>= 0x180B and <= 0x180F) and not (>= 0xFE00 and <= 0xFE0F) and not (>= 0xE0000 and <= 0xE0FFF),
    };

    /// <summary>JSON in which nothing but its own line ends is invisible: the same document for whoever parses it.</summary>
    internal static string Json(string json) => Escaped(json, mayBreak: true);

    private static string Cut(string text, int most, bool mayBreak)
    {
        if (text.Length <= most)
        {
            return Escaped(text, mayBreak);
        }

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return $"{Escaped(text[..end], mayBreak)}... ({text.Length.ToString("#,0", CultureInfo.InvariantCulture)} characters)";
    }

    private static string Escaped(string text, bool mayBreak)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        StringBuilder? shown = null;
        for (var i = 0; i < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && (IsVisible(rune) || (mayBreak && IsLineEnd(text, i))))
            {
                shown?.Append(text, i, length);
            }
            else
            {
                shown ??= new StringBuilder(text, 0, i, text.Length + 32);
                for (var unit = i; unit < i + length; unit++)
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[unit]:x4}");
                }
            }

            i += length;
        }

        return shown?.ToString() ?? text;
    }

    /// <summary>A carriage return alone would let the rest of a line stand over its beginning.</summary>
    private static bool IsLineEnd(string text, int at) =>
        text[at] == '\n' || (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n');
}
