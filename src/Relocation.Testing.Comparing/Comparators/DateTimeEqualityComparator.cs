using System.Text.Json;
using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing;

/// <summary>Compares dates as instants: <c>2024-01-01T00:00:00Z</c> is <c>2024-01-01T01:00:00.000+01:00</c>.</summary>
/// <param name="fields">The names of the fields.</param>
public sealed class DateTimeEqualityComparator(params IEnumerable<string> fields) : RecordComparator(fields)
{
    /// <inheritdoc />
    public override string Kind => "DatetimeEqualityComparator";

    /// <inheritdoc />
    internal override bool IsContent => true;

    /// <inheritdoc />
    internal override void WriteContent(Utf8JsonWriter writer, string field, JsonElement value)
    {
        if (ComparedDates.Read(value) is { } ticks)
        {
            writer.WriteNumberValue(ticks);
        }
        else
        {
            base.WriteContent(writer, field, value);
        }
    }

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        if (AreEqual(left, right))
        {
            return;
        }

        var (before, after) = (ComparedDates.Read(left), ComparedDates.Read(right));

        // What is no date on either side, such as the year 0, is compared as it is written.
        if (before is null || before != after)
        {
            ReportUnequal(pair, field, left.ToString(), right.ToString());
        }
    }
}
