using System.Text;
using System.Text.Json;
using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing;

/// <summary>Compares lists whose order does not matter; null counts as an empty one.</summary>
/// <param name="fields">The names of the fields.</param>
public sealed class UnorderedListComparator(params IEnumerable<string> fields) : RecordComparator(fields)
{
    /// <inheritdoc />
    public override string Kind => nameof(UnorderedListComparator);

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        // Older exports hold lists as text, which has no order to leave aside.
        if (!AreEqual(left, right) && !HaveSameContent(field, left, right))
        {
            ReportUnequal(pair, field, left.ToString(), right.ToString());
        }
    }

    /// <inheritdoc />
    internal override bool IsContent => true;

    /// <inheritdoc />
    internal override void WriteContent(Utf8JsonWriter writer, string field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            base.WriteContent(writer, field, value);
            return;
        }

        writer.WriteStartArray();
        foreach (var item in value.EnumerateArray()
            .Select(item => Encoding.UTF8.GetString(CanonicalValue.Form(inner => CanonicalValue.Write(inner, item, null)).Span)).Order(StringComparer.Ordinal))
        {
            writer.WriteRawValue(item, skipInputValidation: true);
        }

        writer.WriteEndArray();
    }
}
