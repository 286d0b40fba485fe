using System.Text.RegularExpressions;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Conditions;

/// <summary>What one field may be: null or not, and which numbers of a line, or texts of which form.</summary>
/// <param name="line">The line, or null for what has none.</param>
/// <param name="isText">Whether the field holds texts; their bounds are numbers of characters.</param>
/// <param name="maxLength">The most characters.</param>
/// <param name="only">The only numbers or texts, or null.</param>
internal sealed class FieldDomain(NumberLine? line, bool isText, int? maxLength, IReadOnlyList<object>? only)
{
    private readonly List<object> _hints = [];
    private IReadOnlyList<object>? _only = only;
    private string? _pattern;
    private bool? _isUpper;
    private (long Least, long Most) _all;

    internal long Least { get; private set; } = line?.Least ?? 0;

    internal long Most { get; private set; } = line?.Most ?? maxLength ?? int.MaxValue;

    /// <summary>The most characters, or null for any number.</summary>
    internal int? Longest => Most < int.MaxValue ? (int)Most : null;

    /// <summary>The line of the numbers, when the field's values lie on one.</summary>
    internal NumberLine? Line => line;

    /// <summary>Whether the field holds texts.</summary>
    internal bool IsText => isText;

    /// <summary>Whether it is always null, never, or in a share of the records.</summary>
    internal bool? IsNull { get; private set; }

    /// <summary>Whether it can be nothing at all.</summary>
    internal bool IsImpossible { get; private set; }

    /// <summary>Whether there is a closed list.</summary>
    internal bool IsList => _only is not null;

    /// <summary>How long texts are that consist of letters only.</summary>
    internal int LettersLength => (int)Math.Max(Least, Math.Min(Most, 8));

    /// <summary>Whether distinct texts of letters can be made.</summary>
    internal bool TakesLetters => isText && _only is null && _pattern is null && Least <= Most;

    private List<object>? Choices => _only?.Where(one => one is string text
        ? text.Length >= Least && text.Length <= Most && IsLike(text) && Cased(text) == text
        : (long)one >= Least && (long)one <= Most).ToList();


    /// <summary>Narrows the field by a condition on it alone; false when a domain says no such thing.</summary>
    internal bool Narrow(CheckPart part)
    {
        if (part is { Operator: "IN", IsLength: false } && part.Values.All(value => isText ? value is string : line?.Place(value) is not null))
        {
            IEnumerable<object> values = isText ? part.Values : part.Values.Select(value => line!.Place(value)!.Value)
                .Where(place => place == Math.Floor(place) && IsNear(place)).Select(place => (object)(long)place).Distinct().Order();
            _only = [.. values.Where(value => _only?.Contains(value) != false)];
            return true;
        }

        switch (part.Operator)
        {
            case "IS NOT NULL" or "IS NULL":
                var isNull = part.Operator == "IS NULL";
                IsNull ??= isNull;
                IsImpossible |= IsNull != isNull;
                return true;
            case "LIKE" when isText && part.Values is [string pattern] && _pattern is null:
                _pattern = pattern;
                return true;
            case "UPPER" or "LOWER" when isText && _isUpper is null:
                _isUpper = part.Operator == "UPPER";
                return true;
            case "<>" or ">" when isText && part is { IsLength: false, Values: [""] }:
                Least = Math.Max(Least, 1);
                return true;
        }

        var place = part is { Operator: "<" or "<=" or ">" or ">=" or "IN", Values: [var bound] } && part.IsLength == isText
            ? isText ? bound as decimal? : line?.Place(bound)
            : null;
        if (place is not { } at || !IsNear(at))
        {
            return false;
        }

        var least = part.Operator == ">" ? Math.Floor(at) + 1 : part.Operator is ">=" or "IN" ? Math.Ceiling(at) : Least;
        var most = part.Operator == "<" ? Math.Ceiling(at) - 1 : part.Operator is "<=" or "IN" ? Math.Floor(at) : Most;
        (Least, Most) = (Math.Max(Least, (long)least), Math.Min(Most, (long)most));
        return true;
    }

    /// <summary>Settles what is left, near to what such fields usually are, and says whether anything is.</summary>
    internal bool Settle(bool isNullable)
    {
        if (IsImpossible || IsNull == true)
        {
            return isNullable && !IsImpossible;
        }

        (_all, _only) = ((Least, Most), Choices);
        if (Least > Most || _only is { Count: 0 })
        {
            // No value passes, but null passes every test.
            IsNull ??= isNullable ? true : null;
            return IsNull == true;
        }

        if (line?.Usual is { } usual && _only is null)
        {
            var last = usual.Least + usual.Count - 1;
            (Least, Most) = last < Least ? (Least, Math.Min(Most, Least + usual.Count))
                : usual.Least > Most ? (Math.Max(Least, Most - usual.Count), Most)
                : (Math.Max(Least, usual.Least), Math.Min(Most, last));
        }

        return true;
    }

    /// <summary>Hints at what checks speak of: values, patterns and lengths near which they may hold.</summary>
    internal void Hint(IEnumerable<object> values) => _hints.AddRange(isText
        ? values.Where(value => value is string or decimal)
        : values.Select(value => line?.Place(value)).OfType<decimal>().Where(IsNear).Select(place => (object)(long)place));

    /// <summary>Hints at the bounds of a field with which checks may compare this one.</summary>
    internal void Hint(FieldDomain other)
    {
        if (line is not null && other.Line?.IsAlike(line) == true)
        {
            _hints.AddRange([other.Least, other.Most]);
        }
    }

    /// <summary>A number by hash; when it is drawn again, often one at a hint or between two of them.</summary>
    internal long Choose(ulong hash, int draw)
    {
        if (_only is not null)
        {
            return (long)_only[(int)StableHash.Below(hash, _only.Count)];
        }

        if (draw == 0 || _hints.Count == 0 || hash % 4 == 0)
        {
            var step = StableHash.Below(hash, Most - Least + 1);
            return line!.CountsBack ? Most - step : Least + step;
        }

        var second = StableHash.Next(hash);
        var (from, to) = ((long)HintAt(hash), (long)HintAt(second));
        (from, to) = hash % 4 == 1 ? (from - 1, from + 1) : (Math.Min(from, to), Math.Max(from, to));
        return Math.Clamp(from + StableHash.Below(StableHash.Next(second), to - from + 1), _all.Least, _all.Most);
    }

    /// <summary>One of the list, or the text made to fit; when it is drawn again, changed in up to two ways at which checks hint.</summary>
    internal string Fit(string text, ulong hash, int draw)
    {
        if (_only is not null)
        {
            return (string)_only[(int)StableHash.Below(hash, _only.Count)];
        }

        for (var change = draw == 0 ? 2 : 0; change < 2; change++)
        {
            hash = StableHash.Next(hash);
            text = StableHash.Below(hash, _hints.Count + 3) switch
            {
                0 => text,
                1 => text.ToUpperInvariant(),
                2 => text.ToLowerInvariant(),
                var way when _hints[(int)way - 3] is string pattern => Filled(pattern, text),
                var way => UniqueText.Cut(Padded(text, hash, Length(way)), Length(way)),
            };
        }

        text = UniqueText.Cut(Padded(text, hash, Least), Longest);
        return Cased(IsLike(text) ? text : Filled(_pattern!, text));

        int Length(long way) => (int)Math.Clamp((decimal)_hints[(int)way - 3], 0, 1_000);
    }

    /// <summary>A text that holds a number, so that texts of different numbers differ.</summary>
    internal string FitDistinct(string text, long number)
    {
        var distinct = Padded(UniqueText.WithNumber(text, number, Longest), (ulong)number, Least);
        return Cased(IsLike(distinct) ? distinct
            : Filled(_pattern!, Padded(UniqueText.WithNumber(text, number, Longest - Fixed(_pattern!)), (ulong)number, Least)));
    }

    /// <summary>A text of letters only.</summary>
    internal string OfLetters(long number) => Cased(UniqueText.OfLetters(number, LettersLength));

    private static bool IsNear(decimal place) => Math.Abs(place) < long.MaxValue / 4;

    private static int Fixed(string pattern) => pattern.Count(letter => letter != '%');

    private static string Padded(string text, ulong hash, long least)
    {
        for (var letter = hash; text.Length < least; letter = StableHash.Next(letter))
        {
            text = $"{(char)('a' + (int)(letter % 26))}{text}";
        }

        return text;
    }

    private object HintAt(ulong hash) => _hints[(int)StableHash.Below(hash, _hints.Count)];

    private string Cased(string text) => _isUpper is not { } upper ? text : upper ? text.ToUpperInvariant() : text.ToLowerInvariant();

    private bool IsLike(string text) => _pattern is null || Regex.IsMatch(
        text, $"^{Regex.Escape(_pattern).Replace("%", ".*", StringComparison.Ordinal).Replace('_', '.')}\\z", RegexOptions.Singleline);

    /// <summary>A text that is like a pattern and holds the given one, as far as there is room.</summary>
    private string Filled(string pattern, string text)
    {
        var parts = pattern.Replace('_', 'x').Split('%', 2);
        var rest = parts.Length < 2 ? [] : new[] { UniqueText.Cut(text, Longest - Fixed(pattern)), parts[1].Replace("%", string.Empty, StringComparison.Ordinal) };
        return string.Concat(rest.Prepend(parts[0]));
    }
}
