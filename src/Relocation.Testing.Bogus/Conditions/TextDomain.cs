using Relocation.Testing.Generating;

namespace Relocation.Testing.Conditions;

/// <summary>The texts among which a value is chosen.</summary>
internal sealed class TextDomain
{
    private readonly HashSet<string> _except = new(StringComparer.Ordinal);
    private List<string>? _only;
    private string? _pattern;
    private bool? _isUpper;

    internal TextDomain(int? maxLength, IReadOnlyList<string>? only)
    {
        Most = maxLength;
        _only = only?.ToList();
    }

    /// <summary>The fewest characters.</summary>
    internal int Least { get; private set; }

    /// <summary>The most characters, or null for any number.</summary>
    internal int? Most { get; private set; }

    /// <summary>Whether there is a closed list of texts.</summary>
    internal bool IsList => _only is not null;

    internal bool IsEmpty => Choices is { Count: 0 } || Least > (Most ?? int.MaxValue);

    private List<string>? Choices => _only?.Where(text => !_except.Contains(text) && text.Length >= Least && text.Length <= (Most ?? int.MaxValue)
        && (_pattern is null || LikePattern.Matches(_pattern, text))
        && (_isUpper is not { } upper || text == Cased(text, upper))).ToList();

    internal bool Compare(Condition.Compared test)
    {
        if (test.IsLength)
        {
            return test.Value is decimal length && CompareLength(test.Comparison, (int)Math.Clamp(length, -1, int.MaxValue - 1));
        }

        return test.Value is string text && (test.Comparison, text) switch
        {
            (Comparison.Equal, _) => List([text], isNegated: false),
            (Comparison.NotEqual, "") => CompareLength(Comparison.Greater, 0),
            (Comparison.NotEqual, _) => List([text], isNegated: true),
            (Comparison.Greater, "") => CompareLength(Comparison.Greater, 0),
            _ => false,
        };
    }

    internal bool List(IReadOnlyList<object> values, bool isNegated)
    {
        if (!values.All(value => value is string))
        {
            return false;
        }

        if (isNegated)
        {
            _except.UnionWith(values.Cast<string>());
        }
        else
        {
            _only = [.. values.Cast<string>().Where(text => _only?.Contains(text) != false)];
        }

        return true;
    }

    internal bool Like(string pattern, bool isNegated)
    {
        if (isNegated || _pattern is not null)
        {
            return false;
        }

        _pattern = pattern;
        return true;
    }

    internal bool Case(bool isUpper)
    {
        var isSame = _isUpper is null || _isUpper == isUpper;
        _isUpper = isUpper;
        return isSame;
    }

    /// <summary>One of the list, when there is one, else the text made to fit.</summary>
    internal string Fit(string text, ulong hash)
    {
        if (Choices is { } choices)
        {
            return choices[(int)StableHash.Below(hash, choices.Count)];
        }

        return FitFree(text, hash);
    }

    /// <summary>As <see cref="Fit"/>, but texts that differ stay different; so the caller cuts them itself.</summary>
    internal string FitFree(string text, ulong hash)
    {
        text = UniqueText.Cut(Padded(text, hash), Most);
        if (_pattern is not null && !LikePattern.Matches(_pattern, text))
        {
            text = LikePattern.Fill(_pattern, text, Most);
        }

        text = _isUpper is { } upper ? Cased(text, upper) : text;
        return _except.Contains(text) ? Other(text) : text;
    }

    /// <summary>A text that holds a number, so that texts of different numbers differ.</summary>
    internal string FitDistinct(string text, long number)
    {
        var room = _pattern is null || LikePattern.Matches(_pattern, UniqueText.WithNumber(text, number, Most))
            ? Most
            : Most - _pattern.Count(letter => letter != '%');
        var distinct = Padded(UniqueText.WithNumber(text, number, room), (ulong)number);
        distinct = _pattern is null || LikePattern.Matches(_pattern, distinct) ? distinct : LikePattern.Fill(_pattern, distinct, Most);
        return _isUpper is { } upper ? Cased(distinct, upper) : distinct;
    }

    /// <summary>A text of letters only, of the domain's case.</summary>
    internal string OfLetters(long number)
    {
        var letters = UniqueText.OfLetters(number, LettersLength);
        return _isUpper == false ? letters.ToLowerInvariant() : letters;
    }

    /// <summary>How long texts are that consist of letters only.</summary>
    internal int LettersLength => Math.Max(Least, Math.Min(Most ?? 8, 8));

    /// <summary>Whether distinct texts of letters can be made.</summary>
    internal bool TakesLetters => _only is null && _pattern is null && Least <= (Most ?? int.MaxValue);

    private static string Cased(string text, bool isUpper) => isUpper ? text.ToUpperInvariant() : text.ToLowerInvariant();

    private string Padded(string text, ulong hash)
    {
        for (var letter = hash; text.Length < Least; letter = StableHash.Next(letter))
        {
            text = $"{(char)('a' + (int)(letter % 26))}{text}";
        }

        return text;
    }

    private string Other(string text)
    {
        var last = 'a';
        do
        {
            text = (text.Length == 0 ? string.Empty : text[..^1]) + last++;
        }
        while (_except.Contains(text));
        return text;
    }

    private bool CompareLength(Comparison comparison, int length)
    {
        switch (comparison)
        {
            case Comparison.Equal:
                (Least, Most) = (Math.Max(Least, length), Math.Min(Most ?? length, length));
                return true;
            case Comparison.Less or Comparison.LessOrEqual:
                var most = comparison == Comparison.Less ? length - 1 : length;
                Most = Math.Min(Most ?? most, most);
                return true;
            case Comparison.Greater or Comparison.GreaterOrEqual:
                Least = Math.Max(Least, comparison == Comparison.Greater ? length + 1 : length);
                return true;
            case Comparison.NotEqual when length == 0:
                Least = Math.Max(Least, 1);
                return true;
            default:
                return false;
        }
    }
}
