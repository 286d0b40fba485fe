using System.Text.Json;

namespace Relocation.Testing.Comparing;

/// <summary>Compares values that backups write by their name or by what is stored, as members of enums.</summary>
/// <param name="field">A field that has names for its values.</param>
internal sealed class NamedValueComparator(RelocationField field) : RecordComparator([field.Name])
{
    /// <inheritdoc />
    public override string Kind => nameof(EncodedValueComparator);

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        if (!AreEqual(left, right) && !(NameOf(left) is { } name && name == NameOf(right)))
        {
            ReportUnequal(pair, field, left.GetRawText(), right.GetRawText());
        }
    }

    /// <summary>The name of a value that is written by either; null when it is none of the field's.</summary>
    private string? NameOf(JsonElement value)
    {
        try
        {
            return field.Convert?.Invoke(value) is { } stored ? field.NameOf!(stored) ?? stored.ToString() : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
