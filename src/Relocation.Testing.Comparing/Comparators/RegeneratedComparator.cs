using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relocation.Testing;

/// <summary>Demands values that an import makes anew: of one form on both sides, and different.</summary>
/// <param name="pattern">The pattern, which a value has to match as a whole.</param>
/// <param name="options">How the pattern is taken.</param>
/// <param name="fields">The names of the fields.</param>
public abstract class RegeneratedComparator(string pattern, RegexOptions options, IEnumerable<string> fields) : RegexComparator(pattern, options, fields)
{
    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        if (AreEqual(left, right))
        {
            ReportField(pair, field, Shorten(left), Shorten(right), $"the left value (\"{left}\") of `{field}` was equal to the right value", "was to be made anew");
        }

        base.Compare(pair, field, left, right);
    }
}
