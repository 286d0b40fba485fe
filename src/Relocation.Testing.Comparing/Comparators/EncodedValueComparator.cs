using System.Text.Json;
using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing;

/// <summary>
/// Compares values that backups write in several ways: lists and JSON as themselves or as text, numbers with and without quotes or
/// zeros, Guids in any case, times with and without fractions, durations of days and hours.
/// </summary>
/// <param name="fields">The names of the fields.</param>
public sealed class EncodedValueComparator(params IEnumerable<string> fields) : RecordComparator(fields)
{
    /// <inheritdoc />
    public override string Kind => nameof(EncodedValueComparator);

    /// <inheritdoc />
    internal override bool IsContent => true;

    /// <inheritdoc />
    internal override void WriteContent(Utf8JsonWriter writer, string field, JsonElement value) => CanonicalValue.WriteLenient(writer, value);

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        if (!AreEqual(left, right) && !HaveSameContent(field, left, right))
        {
            ReportUnequal(pair, field, left.GetRawText(), right.GetRawText());
        }
    }
}
