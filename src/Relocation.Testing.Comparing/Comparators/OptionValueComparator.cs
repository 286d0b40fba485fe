using System.Text.Json;

namespace Relocation.Testing;

/// <summary>Compares values that older exports hold as text: <c>"1"</c> is <c>1</c>, <c>"True"</c> is <c>true</c>.</summary>
/// <param name="fields">The names of the fields.</param>
public sealed class OptionValueComparator(params IEnumerable<string> fields) : RecordComparator(fields)
{
    /// <inheritdoc />
    public override string Kind => nameof(OptionValueComparator);

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        var isText = left.ValueKind == JsonValueKind.String || right.ValueKind == JsonValueKind.String;
        if (!AreEqual(left, right) && !(isText && TextOf(left) == TextOf(right)))
        {
            ReportUnequal(pair, field, left.GetRawText(), right.GetRawText());
        }
    }

    /// <summary>The text as Python writes it, which older exports were made by.</summary>
    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
