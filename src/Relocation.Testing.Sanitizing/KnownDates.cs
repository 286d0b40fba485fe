using Relocation.Testing.Sanitizing.Replacing;

namespace Relocation.Testing.Sanitizing;

/// <summary>The dates that rules replace, found again in any text however they are written there.</summary>
internal sealed class KnownDates
{
    private const int DateLength = 10;
    private const int Longest = 40;

    private readonly Dictionary<long, ushort> _moments = [];
    private readonly Dictionary<int, ushort> _days = [];

    internal void Add(string text, ushort source)
    {
        if (!DateText.TryRead(text, out var date))
        {
            return;
        }

        if (date.IsDay)
        {
            _days.TryAdd(date.Day, source);
        }
        else
        {
            _moments.TryAdd(date.UtcTicks, source);
        }
    }

    /// <summary>Whether a date is one of those; midnight of a day is the day.</summary>
    internal bool Contains(in DateText date) => Contains(date, out _);

    private bool Contains(in DateText date, out ushort source)
    {
        source = 0;
        return (!date.IsDay && _moments.TryGetValue(date.UtcTicks, out source)) || ((date.IsDay || date.IsMidnight) && _days.TryGetValue(date.Day, out source));
    }

    /// <summary>The next known date in a text, from a position on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="date">The date.</param>
    /// <param name="source">The number of the field that it comes from.</param>
    /// <returns>Where it begins, or -1.</returns>
    internal int Find(ReadOnlySpan<char> text, int from, out int length, out DateText date, out ushort source)
    {
        (length, date, source) = (0, default, 0);
        if (_days.Count + _moments.Count == 0)
        {
            return -1;
        }

        for (var i = from; i <= text.Length - DateLength; i++)
        {
            if (text[i + 4] != '-' || text[i + 7] != '-' || !char.IsAsciiDigit(text[i]) || (i > 0 && char.IsAsciiDigit(text[i - 1]))
                || (i + DateLength < text.Length && char.IsAsciiDigit(text[i + DateLength])))
            {
                continue;
            }

            for (length = LengthAt(text[i..]); length >= DateLength; length = length > DateLength ? length - 1 : 0)
            {
                if (DateText.TryRead(text.Slice(i, length), out date))
                {
                    break;
                }
            }

            if (length >= DateLength && Contains(date, out source))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>How many characters from a text's start on could be a date and time.</summary>
    private static int LengthAt(ReadOnlySpan<char> text)
    {
        var length = DateLength;
        if (text.Length > DateLength + 1 && text[DateLength] is 'T' or 't' or ' ' && char.IsAsciiDigit(text[DateLength + 1]))
        {
            for (length += 2; length < Math.Min(text.Length, Longest) && (char.IsAsciiDigit(text[length]) || text[length] is ':' or '.' or '+' or '-' or 'Z' or 'z'); length++)
            {
            }
        }

        return length;
    }
}
