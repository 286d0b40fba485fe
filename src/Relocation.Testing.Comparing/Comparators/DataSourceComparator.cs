using System.Text.Json;

namespace Relocation.Testing;

/// <summary>Ignores <c>source_id</c>, a key written as text of a model that another field names (docs/sentry-import.md, section 8.2).</summary>
public sealed class DataSourceComparator() : RecordComparator(["source_id"])
{
    /// <inheritdoc />
    public override string Kind => nameof(DataSourceComparator);

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
