using System.Text.Json;

namespace Relocation.Testing;

/// <summary>Compares values that findings must not show: equal or not, they appear shortened only.</summary>
/// <param name="fields">The names of the fields.</param>
public abstract class ObfuscatingComparator(IEnumerable<string> fields) : RecordComparator(fields)
{
    /// <inheritdoc />
    internal override bool IsContent => true;

    /// <inheritdoc />
    internal override bool HidesValues => true;

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        if (!AreEqual(left, right))
        {
            ReportUnequal(pair, field, $"\"{FirstOf(left)}\"", $"\"{FirstOf(right)}\"");
        }
    }

    /// <inheritdoc />
    protected internal override string Shorten(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? string.Join(", ", value.EnumerateArray().Select(Shorten))
        : Shorten(value.ToString());

    /// <summary>Shortens a text.</summary>
    /// <param name="value">The text.</param>
    protected abstract string Shorten(string value);

    private string FirstOf(JsonElement value) => value.ValueKind != JsonValueKind.Array
        ? Shorten(value)
        : value.GetArrayLength() == 0 ? string.Empty : Shorten(value[0]);
}
