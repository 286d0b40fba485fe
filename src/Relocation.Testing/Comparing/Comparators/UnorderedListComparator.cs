using System.Text.Json;
using Relocation.Testing.Comparing;

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
        var isSame = left.ValueKind == JsonValueKind.Array && right.ValueKind == JsonValueKind.Array
            ? Sorted(left).SequenceEqual(Sorted(right))
            : AreEqual(left, right);
        if (!isSame)
        {
            ReportUnequal(pair, field, left.ToString(), right.ToString());
        }
    }

    private static IEnumerable<string> Sorted(JsonElement list) =>
        list.EnumerateArray().Select(CanonicalJson.Write).Order(StringComparer.Ordinal);
}
