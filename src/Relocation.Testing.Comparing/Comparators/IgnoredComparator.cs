using System.Text.Json;

namespace Relocation.Testing;

/// <summary>Looks at nothing: the fields may hold anything, or be missing.</summary>
/// <param name="fields">The names of the fields.</param>
public sealed class IgnoredComparator(params IEnumerable<string> fields) : RecordComparator(fields)
{
    /// <inheritdoc />
    public override string Kind => nameof(IgnoredComparator);

    /// <inheritdoc />
    public override void CheckExistence(RecordPair pair)
    {
    }

    /// <inheritdoc />
    public override void Compare(RecordPair pair)
    {
    }

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
    }
}
