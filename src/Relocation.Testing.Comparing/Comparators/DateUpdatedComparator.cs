using System.Text.Json;
using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing;

/// <summary>Takes a date that an import moved on for the same; null counts as 1970.</summary>
/// <param name="fields">The names of the fields.</param>
public sealed class DateUpdatedComparator(params IEnumerable<string> fields) : RecordComparator(fields)
{
    /// <inheritdoc />
    public override string Kind => nameof(DateUpdatedComparator);

    /// <inheritdoc />
    public override void Compare(RecordPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        foreach (var field in Fields)
        {
            var isLeft = pair.Left.TryGetField(field, out var left);
            var isRight = pair.Right.TryGetField(field, out var right);
            if (isLeft || isRight)
            {
                CompareDates(pair, field, isLeft ? left : null, isRight ? right : null);
            }
        }
    }

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right) => CompareDates(pair, field, left, right);

    private void CompareDates(RecordPair pair, string field, JsonElement? left, JsonElement? right)
    {
        var before = left is null ? DateTime.UnixEpoch.Ticks : ComparedDates.Read(left.Value);
        var after = right is null ? DateTime.UnixEpoch.Ticks : ComparedDates.Read(right.Value);
        if (before is null || after is null || before > after)
        {
            ReportField(
                pair,
                field,
                left?.ToString(),
                right?.ToString(),
                $"the left value ({left?.ToString() ?? "null"}) of `{field}` was not less than or equal to the right value ({right?.ToString() ?? "null"})",
                "is no date that stayed or moved on");
        }
    }
}
