using System.Buffers;
using Relocation.Testing.Sanitizing.Replacing;

namespace Relocation.Testing.Sanitizing;

/// <summary>The values that rules replace, found again anywhere in any text in time linear in its length.</summary>
/// <remarks>
/// Kept are hashes, some fifty bytes a value however long it is. Text is searched by the hash of every place's first
/// characters; only where that is known, longer parts are looked up. Letters' case makes no difference.
/// </remarks>
internal sealed class KnownValues
{
    /// <summary>Of a longer value, this many characters are enough to be found within longer text.</summary>
    internal const int LongestPart = 64;

    private const double BitsOfDigit = 3.3;
    private const double BitsOfLetter = 4.7;
    private const double BitsOfThousand = 10;

    /// <summary>A text has about as many parts as words.</summary>
    private const double BitsOfParts = 4;

    private readonly int _window;
    private long _count;
    private readonly IReadOnlySet<string> _vocabulary;
    private readonly Dictionary<ulong, KnownValue> _values = [];
    private readonly Dictionary<ulong, KnownValue> _whole = [];
    private readonly Dictionary<ulong, ulong> _lengths = [];
    private readonly HashSet<ulong>? _places;
    private readonly HashSet<ulong>? _plain;
    private ulong[] _filter = new ulong[16];

    /// <param name="shortest">How many characters a value has at least, to be found within longer text.</param>
    /// <param name="vocabulary">Words that are no values, such as the names of fields.</param>
    /// <param name="isAudit">Whether places of values, and values that no rule replaces, are remembered too.</param>
    internal KnownValues(int shortest, IReadOnlySet<string> vocabulary, bool isAudit = false)
    {
        _places = isAudit ? [] : null;
        _plain = isAudit ? [] : null;
        _window = shortest;
        _vocabulary = vocabulary;
    }

    /// <summary>The dates that rules replace.</summary>
    internal KnownDates Dates { get; } = new();

    /// <summary>Whether values that no rule replaces are remembered.</summary>
    internal bool KeepsPlain => _plain is not null;

    /// <summary>Remembers a value, when it is one that identifies anything.</summary>
    internal void Add(ReadOnlySpan<char> value, KnownKind kind, ushort source)
    {
        value = value.Trim();
        if (value.Length == 0)
        {
            return;
        }

        _count++;
        var known = new KnownValue(kind, IsWord(value), source);
        var hash = TextHash.Of(value, fold: true);
        _whole.TryAdd(Keyed(hash, value.Length), known);
        if (!IsIdentifying(value, known.IsWord))
        {
            return;
        }

        if (value.Length > LongestPart)
        {
            value = value[..LongestPart];
            known = known with { Kind = KnownKind.Text };
            hash = TextHash.Of(value, fold: true);
        }

        if (_values.TryAdd(Keyed(hash, value.Length), known))
        {
            var start = TextHash.Of(value[.._window], fold: true);
            _lengths[start] = _lengths.GetValueOrDefault(start) | (1UL << (value.Length - 1));
            AddToFilter(start);
        }
    }

    /// <summary>Remembers that a field of a record holds a value that a rule replaces.</summary>
    /// <param name="value">The value.</param>
    /// <param name="source">The number of the field.</param>
    /// <param name="rank">The record's position.</param>
    /// <param name="element">Which element of lists it stands in, as <see cref="ElementOf"/> makes it; 0 for none.</param>
    internal void AddAt(string value, ushort source, int rank, ulong element) => _places?.Add(PlaceOf(value, source, rank, element));

    /// <summary>Whether a field of a record holds the value that it held in the original, in the same element of a list.</summary>
    internal bool IsAt(string value, ushort source, int rank, ulong element) => HasLetterOrDigit(value) && _places?.Contains(PlaceOf(value, source, rank, element)) == true;

    /// <summary>A number that stands for an element of a list that is itself in an element of another, or in none.</summary>
    internal static ulong ElementOf(ulong around, int index) => (around * 0x9E37_79B9_7F4A_7C15) + (ulong)index + 1;

    /// <summary>Remembers a value that no rule replaces.</summary>
    internal void AddPlain(string value)
    {
        if (value.Length > 0)
        {
            _plain?.Add(Keyed(TextHash.Of(value, fold: false), value.Length));
        }
    }

    /// <summary>Whether the original holds a value where no rule replaces it.</summary>
    internal bool IsPlain(string value) => _plain?.Contains(Keyed(TextHash.Of(value, fold: false), value.Length)) == true;

    /// <summary>
    /// Whether a text cannot be a known value by chance where text is made up: less than once in a thousand backups of this size.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="isPart">Whether it is a part of a longer one, which has many.</param>
    internal bool Tells(ReadOnlySpan<char> text, bool isPart)
    {
        var bits = 0.0;
        foreach (var character in text)
        {
            bits += char.IsAsciiDigit(character) ? BitsOfDigit : char.IsLetter(character) ? BitsOfLetter : 0;
        }

        return bits >= Math.Log2(Math.Max(1, _whole.Count)) + Math.Log2(Math.Max(1, _count)) + BitsOfThousand + (isPart ? BitsOfParts : 0);
    }

    /// <summary>The value that a text is as a whole.</summary>
    internal bool TryFindWhole(ReadOnlySpan<char> text, out KnownValue value)
    {
        text = text.Trim();
        return _whole.TryGetValue(Keyed(TextHash.Of(text, fold: true), text.Length), out value);
    }

    /// <summary>Whether a value would be found within longer text.</summary>
    internal bool IsSearched(ReadOnlySpan<char> value) => IsIdentifying(value.Trim(), IsWord(value.Trim()));

    /// <summary>Adds the places of known values in a text, from left to right, the longest ones, without overlaps.</summary>
    internal void Find(ReadOnlySpan<char> text, List<KnownMatch> matches)
    {
        if (text.Length < _window || _values.Count == 0)
        {
            return;
        }

        var starts = ArrayPool<ulong>.Shared.Rent(text.Length + 1);
        TextHash.Starts(text, starts);
        for (var i = 0; i <= text.Length - _window;)
        {
            var match = MatchAt(text, starts, i);
            if (match.Length > 0)
            {
                matches.Add(match);
            }

            i += Math.Max(1, match.Length);
        }

        ArrayPool<ulong>.Shared.Return(starts);
    }

    private KnownMatch MatchAt(ReadOnlySpan<char> text, ReadOnlySpan<ulong> starts, int at)
    {
        var window = TextHash.OfPart(starts, at, _window);
        if (!IsInFilter(window) || !_lengths.TryGetValue(window, out var lengths))
        {
            return default;
        }

        while (lengths != 0)
        {
            var length = 64 - System.Numerics.BitOperations.LeadingZeroCount(lengths);
            lengths &= ~(1UL << (length - 1));
            if (at + length <= text.Length
                && _values.TryGetValue(Keyed(TextHash.OfPart(starts, at, length), length), out var value)
                && (!value.IsWord || IsWholeWord(text, at, length)))
            {
                return new KnownMatch(at, length, value);
            }
        }

        return default;
    }

    private bool IsIdentifying(ReadOnlySpan<char> value, bool isWord)
    {
        if (value.Length < _window || !value.ContainsAnyExcept(' ', '0') || !HasLetterOrDigit(value) || _vocabulary.Contains(value.ToString().ToLowerInvariant()))
        {
            return false;
        }

        return isWord || !IsNumberOrDate(value);
    }

    /// <summary>What has neither, such as a row of dashes, tells nothing, and is not replaced.</summary>
    private static bool HasLetterOrDigit(ReadOnlySpan<char> value)
    {
        foreach (var character in value)
        {
            if (char.IsLetterOrDigit(character))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Dates are the same however they are written, and text whatever its case.</summary>
    private static ulong PlaceOf(string value, ushort source, int rank, ulong element)
    {
        var hash = DateText.TryRead(value, out var date) ? (ulong)date.UtcTicks + (date.IsDay ? 1UL : 0UL) : Keyed(TextHash.Of(value, fold: true), value.Length);
        return (hash ^ ((ulong)source << 40) ^ (uint)rank ^ (element * 0xBF58_476D_1CE4_E5B9)) * 0x9E37_79B9_7F4A_7C15;
    }

    /// <summary>Whether a value is made of letters alone, or of digits alone.</summary>
    private static bool IsWord(ReadOnlySpan<char> value)
    {
        var (letters, digits) = (0, 0);
        foreach (var character in value)
        {
            letters += char.IsLetter(character) ? 1 : 0;
            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return letters == value.Length || digits == value.Length;
    }

    private static bool IsNumberOrDate(ReadOnlySpan<char> value) =>
        double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _)
        || (char.IsAsciiDigit(value[0]) && DateTimeOffset.TryParse(
            value, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out _));

    private static bool IsWholeWord(ReadOnlySpan<char> text, int start, int length) =>
        (start == 0 || !char.IsLetterOrDigit(text[start - 1]))
        && (start + length == text.Length || !char.IsLetterOrDigit(text[start + length]))
        && !IsPartOfDecimal(text, start, start + length);

    /// <summary>Whether digits are what stands before or behind the point of one number, as in <c>48.137154</c>; more points are a list or an address.</summary>
    private static bool IsPartOfDecimal(ReadOnlySpan<char> text, int start, int end)
    {
        if (!char.IsAsciiDigit(text[start]))
        {
            return false;
        }

        var first = start;
        while (first > 0 && (char.IsAsciiDigit(text[first - 1]) || text[first - 1] == '.'))
        {
            first--;
        }

        var last = end;
        while (last < text.Length && (char.IsAsciiDigit(text[last]) || text[last] == '.'))
        {
            last++;
        }

        // A point at the end is that of a sentence.
        var number = text[first..last].Trim('.');
        return number.Length > end - start && number.Count('.') == 1
            && (first == 0 || !char.IsLetterOrDigit(text[first - 1])) && (last == text.Length || !char.IsLetterOrDigit(text[last]));
    }

    private static ulong Keyed(ulong hash, int length) => hash ^ ((ulong)length << 61) ^ ((ulong)length * 0x9E37_79B9_7F4A_7C15);

    private void AddToFilter(ulong hash)
    {
        if (_lengths.Count * 4 > _filter.Length)
        {
            _filter = new ulong[_filter.Length * 4];
            foreach (var known in _lengths.Keys)
            {
                Set(known);
            }
        }

        Set(hash);
    }

    private void Set(ulong hash) => _filter[(hash >> 6) & (ulong)(_filter.Length - 1)] |= 1UL << (int)(hash & 63);

    private bool IsInFilter(ulong hash) => (_filter[(hash >> 6) & (ulong)(_filter.Length - 1)] & (1UL << (int)(hash & 63))) != 0;
}
