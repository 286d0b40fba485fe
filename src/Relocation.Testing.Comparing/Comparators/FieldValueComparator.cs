using System.Text.Json;
using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing.Comparing.Comparators;

/// <summary>Compares values that backups write in several ways, as what the field holds: enums by name or number, lists as themselves or as text.</summary>
/// <param name="described">The field.</param>
internal sealed class FieldValueComparator(RelocationField described) : RecordComparator([described.Name])
{
    /// <inheritdoc />
    public override string Kind => nameof(EncodedValueComparator);

    /// <inheritdoc />
    internal override bool IsContent => true;

    /// <inheritdoc />
    internal override void WriteContent(Utf8JsonWriter writer, string field, JsonElement value) => CanonicalValue.Write(writer, value, described);

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        // Where both backups are of the newer form, a text that holds a number is none.
        var known = described.MayHoldJsonInText && pair.TextsStandForThemselves ? null : described;
        if (!CanonicalValue.AreEqual(left, right, known))
        {
            ReportUnequal(pair, field, left.GetRawText(), right.GetRawText());
        }
    }
}
