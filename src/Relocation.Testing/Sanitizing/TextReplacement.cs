using System.Text;
using System.Text.Encodings.Web;

namespace Relocation.Testing.Sanitizing;

/// <summary>Replaces known values in any text, and in the strings of JSON that is written as text.</summary>
internal sealed class TextReplacement(KnownValues known, Sanitizer sanitizer)
{
    /// <summary>How often a text is gone over at most: with what was put into it, its neighbours may happen to spell another known value.</summary>
    private const int MostTimes = 8;

    private readonly List<KnownMatch> _matches = [];
    private readonly Func<string, KnownKind, string> _map = sanitizer.MapKnown;
    private readonly Func<string, KnownKind, string> _mapSameLength = (value, _) => sanitizer.MapSameLength(value);
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
        if (text.TrimStart() is ['{' or '[' or '"', ..] || known.TryFindWhole(text, out _))
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
            return ReplaceInJson(text, map);
        }

        if (known.TryFindWhole(text, out var whole) && known.IsSearched(text))
        {
            var trimmed = text.Trim();
            return text.Replace(trimmed, map(trimmed, whole.Kind), StringComparison.Ordinal);
        }

        string? replaced = null;
        for (var time = 0; time < MostTimes && ReplaceParts(replaced ?? text, map) is { } next; time++)
        {
            replaced = next;
        }

        return replaced;
    }

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

    /// <summary>Only strings change; all between them stays byte for byte.</summary>
    private string? ReplaceInJson(string text, Func<string, KnownKind, string> map)
    {
        StringBuilder? replaced = null;
        var end = 0;
        foreach (var (start, length) in NestedJson.StringsOf(text))
        {
            var inner = NestedJson.Decode(text.AsSpan(start, length));
            if (Replace(inner, map) is { } changed)
            {
                replaced ??= new StringBuilder(text.Length);
                replaced.Append(text, end, start - end).Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(changed)).Append('"');
                end = start + length;
            }
        }

        return replaced?.Append(text, end, text.Length - end).ToString();
    }
}
