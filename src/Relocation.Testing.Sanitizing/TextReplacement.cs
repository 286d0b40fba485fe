using System.Text;
using Relocation.Testing.Sanitizing.Replacing;

namespace Relocation.Testing.Sanitizing;

/// <summary>Replaces known values in any text, and in the strings of JSON that is written as text.</summary>
internal sealed class TextReplacement(KnownValues known, Sanitizer sanitizer)
{
    /// <summary>How often a text is gone over at most: with what was put into it, its neighbours may happen to spell another known value.</summary>
    private const int MostTimes = 8;

    private readonly List<KnownMatch> _matches = [];
    private readonly Func<string, KnownKind, string> _map = sanitizer.MapKnown;
    private readonly Func<string, KnownKind, string> _mapSameLength = (value, _) => sanitizer.MapSameLength(value);
    private readonly TextDates _dates = new(known.Dates, sanitizer.TextDays);
    private char[] _text = new char[256];

    /// <summary>Whether a text may hold a known value. Most do not, and no string is made of them.</summary>
    /// <param name="raw">The text between its quotes.</param>
    internal bool MayChange(ReadOnlySpan<byte> raw)
    {
        if (raw.Contains((byte)'\\'))
        {
            return true;
        }

        if (_text.Length < raw.Length)
        {
            _text = new char[2 * raw.Length];
        }

        var text = _text.AsSpan(0, Encoding.UTF8.GetChars(raw, _text));
        if (text.TrimStart() is ['{' or '[' or '"', ..] || known.TryFindWhole(text, out _) || known.Dates.Find(text, 0, out _, out _, out _) >= 0)
        {
            return true;
        }

        _matches.Clear();
        known.Find(text, _matches);
        return _matches.Count > 0;
    }

    /// <summary>The text with every known value replaced, or null when it holds none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The most characters that its column takes; where they are passed, values are replaced by others of their length.</param>
    internal string? Replace(string text, int maxLength)
    {
        var replaced = Replace(text, _map);
        return replaced is null || replaced.Length <= maxLength ? replaced : Replace(text, _mapSameLength);
    }

    private string? Replace(string text, Func<string, KnownKind, string> map)
    {
        if (NestedJson.IsJson(text))
        {
            return NestedJson.Replaced(text, inner => Replace(inner, map));
        }

        var replaced = _dates.Replace(text);
        if (replaced is null && known.TryFindWhole(text, out var whole) && known.IsSearched(text))
        {
            var trimmed = text.Trim();
            replaced = text.Replace(trimmed, map(trimmed, whole.Kind), StringComparison.Ordinal);
        }

        for (var time = 0; time <= MostTimes && ReplaceParts(replaced ?? text, time == MostTimes ? Masked : map) is { } next; time++)
        {
            replaced = next;
        }

        return replaced;
    }

    /// <summary>What takes the place of a value where all else would be another known value: nobody's.</summary>
    private static string Masked(string value, KnownKind kind) =>
        string.Concat(value.Select(character => char.IsDigit(character) ? '0' : char.IsLetter(character) ? 'x' : character));

    private string? ReplaceParts(string text, Func<string, KnownKind, string> map)
    {
        _matches.Clear();
        known.Find(text, _matches);
        if (_matches.Count == 0)
        {
            return null;
        }

        var replaced = new StringBuilder(text.Length);
        var end = 0;
        foreach (var match in _matches)
        {
            replaced.Append(text, end, match.Start - end);
            replaced.Append(map(text.Substring(match.Start, match.Length), match.Value.Kind));
            end = match.Start + match.Length;
        }

        return replaced.Append(text, end, text.Length - end).ToString();
    }
}
