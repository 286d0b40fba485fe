using System.Globalization;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Importing;

namespace Relocation.Testing;

/// <summary>
/// Compares values that backups write in several ways: lists and JSON as themselves or as text, numbers with and without quotes or
/// zeros, Guids in any case, times with and without fractions, durations of days and hours.
/// </summary>
/// <param name="fields">The names of the fields.</param>
public sealed class EncodedValueComparator(params IEnumerable<string> fields) : RecordComparator(fields)
{
    private const int DeepestText = 4;

    /// <inheritdoc />
    public override string Kind => nameof(EncodedValueComparator);

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        if (!AreEqual(left, right) && !AreSame(left, right, 0))
        {
            ReportUnequal(pair, field, left.GetRawText(), right.GetRawText());
        }
    }

    private static bool AreSame(JsonElement left, JsonElement right, int depth)
    {
        if (JsonElement.DeepEquals(left, right))
        {
            return true;
        }

        if (depth == DeepestText || (left.ValueKind != JsonValueKind.String && right.ValueKind != JsonValueKind.String))
        {
            return false;
        }

        var (before, after) = (Decoded(left), Decoded(right));
        return before is null && after is null
            ? TextsAreSame(left.GetString()!, right.GetString()!)
            : AreSame(before ?? left, after ?? right, depth + 1);
    }

    /// <summary>The value that a text is written for, or null when it is no text or no JSON and no list.</summary>
    private static JsonElement? Decoded(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = Encoding.UTF8.GetBytes(value.GetString()!);
        return (ListText.TryCompactJson(text) ?? ListText.ToJson(text)) is { } json ? JsonElement.Parse(json) : null;
    }

    private static bool TextsAreSame(string left, string right) =>
        left == right
        || (Guid.TryParse(left, out var guid) && Guid.TryParse(right, out var otherGuid) && guid == otherGuid)
        || (TimeSpan.TryParse(left, CultureInfo.InvariantCulture, out var time) && TimeSpan.TryParse(right, CultureInfo.InvariantCulture, out var otherTime)
            && time == otherTime)
        || (TextValue.ParseDuration(left) is { } duration && duration == TextValue.ParseDuration(right));
}
