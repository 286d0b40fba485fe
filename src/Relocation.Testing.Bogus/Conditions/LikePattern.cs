namespace Relocation.Testing.Conditions;

/// <summary>SQL's patterns: % stands for any text, _ for any character.</summary>
internal static class LikePattern
{
    internal static bool Matches(string pattern, string text) => Matches(pattern.AsSpan(), text.AsSpan());

    /// <summary>A text that is like the pattern and holds the given one, as far as there is room.</summary>
    internal static string Fill(string pattern, string text, int? maxLength)
    {
        var fixedLength = pattern.Count(letter => letter != '%');
        var room = maxLength is { } most ? Math.Max(0, most - fixedLength) : int.MaxValue;
        var filled = new System.Text.StringBuilder();
        var isFilled = false;
        foreach (var letter in pattern)
        {
            if (letter == '%')
            {
                filled.Append(isFilled ? string.Empty : Generating.UniqueText.Cut(text, room));
                isFilled = true;
            }
            else
            {
                filled.Append(letter == '_' ? 'x' : letter);
            }
        }

        return filled.ToString();
    }

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty)
        {
            return text.IsEmpty;
        }

        if (pattern[0] != '%')
        {
            return !text.IsEmpty && (pattern[0] == '_' || pattern[0] == text[0]) && Matches(pattern[1..], text[1..]);
        }

        for (var skipped = 0; skipped <= text.Length; skipped++)
        {
            if (Matches(pattern[1..], text[skipped..]))
            {
                return true;
            }
        }

        return false;
    }
}
