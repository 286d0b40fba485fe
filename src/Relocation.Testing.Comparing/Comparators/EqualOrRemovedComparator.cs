using System.Text.Json;

namespace Relocation.Testing;

/// <summary>Takes a value that an import removed for the same; it may not come from nowhere.</summary>
/// <param name="fields">The names of the fields.</param>
public sealed class EqualOrRemovedComparator(params IEnumerable<string> fields) : RecordComparator(fields)
{
    /// <inheritdoc />
    public override string Kind => nameof(EqualOrRemovedComparator);

    /// <inheritdoc />
    public override void CheckExistence(RecordPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        foreach (var field in Fields)
        {
            if (!pair.Left.TryGetField(field, out _) && pair.Right.TryGetField(field, out _))
            {
                ReportMissing(pair, field, isLeft: true);
            }
        }
    }

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        if (!AreEqual(left, right))
        {
            ReportUnequal(pair, field, left.ToString(), right.ToString());
        }
    }
}
