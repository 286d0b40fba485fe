using System.Text.Json;

namespace Relocation.Testing;

/// <summary>Takes a name that an import made unique with a suffix for the same: <c>acme</c> and <c>acme-x2</c>.</summary>
public sealed class AutoSuffixComparator : RecordComparator
{
    private const int LengthInPlaceOfEmpty = 12;

    private static readonly int[] SuffixLengths = [2, 3, 5, 12];

    private readonly int? _maxLength;
    private readonly bool _isNormalised;

    /// <summary>Makes the comparator exactly as docs/sentry-import.md, section 8.2, has it: equal, or the left value, a dash and anything.</summary>
    /// <param name="fields">The names of the fields.</param>
    public AutoSuffixComparator(params IEnumerable<string> fields)
        : base(fields)
    {
    }

    private AutoSuffixComparator(int? maxLength, IEnumerable<string> fields)
        : base(fields)
    {
        _maxLength = maxLength;
        _isNormalised = true;
    }

    /// <inheritdoc />
    public override string Kind => nameof(AutoSuffixComparator);

    /// <summary>
    /// Makes a comparator that also takes what making a slug unique does besides (docs/sentry-import.md, section 5.7.4): lower case, dashes
    /// for underscores, names cut so that the suffix fits, twelve hexadecimal digits in place of a name of digits alone or of none.
    /// </summary>
    /// <param name="maxLength">The most characters that the column takes, or null for no limit.</param>
    /// <param name="fields">The names of the fields.</param>
    public static AutoSuffixComparator ForSlugs(int? maxLength, params IEnumerable<string> fields) => new(maxLength, fields);

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        if (AreEqual(left, right))
        {
            return;
        }

        var (before, after) = (left.ToString(), right.ToString());
        if (before != after && !after.StartsWith($"{before}-", StringComparison.Ordinal) && !(_isNormalised && IsMadeOf(before, after)))
        {
            ReportField(
                pair, field, before, after, $"the left value (\"{before}\") of `{field}` was not equal to or a dashed prefix of the right value (\"{after}\")",
                "differs by more than a suffix");
        }
    }

    private bool IsMadeOf(string before, string after)
    {
        var name = before.Trim().ToLowerInvariant().Replace('_', '-').Trim('-');
        if (after == name || (name.Length > 0 && after.StartsWith($"{name}-", StringComparison.Ordinal)))
        {
            return true;
        }

        var isUnusable = name.All(char.IsAsciiDigit);
        return (isUnusable && after.Length == LengthInPlaceOfEmpty && after.All(char.IsAsciiHexDigitLower)) || IsCut(name, after);
    }

    /// <summary>Whether the right value is the start of the left one, as much of it as fits, and a suffix.</summary>
    private bool IsCut(string name, string after)
    {
        var dash = after.LastIndexOf('-');
        var suffix = after.Length - dash - 1;
        return dash > 0
            && _maxLength is { } longest
            && after.Length >= longest - 1
            && SuffixLengths.Contains(suffix)
            && name.Length + 1 + suffix > longest
            && name.StartsWith(after[..dash], StringComparison.Ordinal)
            && after.AsSpan(dash + 1).IndexOfAnyExceptInRange('0', 'z') < 0;
    }
}
