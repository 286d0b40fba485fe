using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relocation.Testing;

/// <summary>Compares the form of values, which both sides have to match from end to end.</summary>
public abstract class RegexComparator : RecordComparator
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Regex _pattern;

    /// <summary>Makes a comparator.</summary>
    /// <param name="pattern">The pattern, which a value has to match as a whole.</param>
    /// <param name="options">How the pattern is taken.</param>
    /// <param name="fields">The names of the fields.</param>
    protected RegexComparator(string pattern, RegexOptions options, IEnumerable<string> fields)
        : base(fields)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        _pattern = new Regex($@"\A(?:{pattern})\z", options | RegexOptions.CultureInvariant, Longest);
    }

    /// <inheritdoc />
    internal override bool HidesValues => true;

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        CheckForm(pair, field, "left", left, (left, right));
        CheckForm(pair, field, "right", right, (left, right));
    }

    private void CheckForm(RecordPair pair, string field, string side, JsonElement value, (JsonElement Left, JsonElement Right) both)
    {
        if (value.ValueKind != JsonValueKind.String || !_pattern.IsMatch(value.GetString()!))
        {
            ReportField(
                pair, field, Shorten(both.Left), Shorten(both.Right), $"the {side} value (\"{value}\") of `{field}` did not match the pattern of its kind", $"has no value of its kind on the {side}");
        }
    }
}
