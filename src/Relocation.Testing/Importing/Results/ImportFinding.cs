using System.Text.Json.Serialization;

namespace Relocation.Testing;

/// <summary>Something about a finished import that is probably not what was meant.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">What it is, with what would help; it holds no value of a record.</param>
public sealed record ImportFinding(ImportFindingKind Kind, [property: JsonPropertyOrder(1)] string Message)
{
    /// <summary>The model that it is about, or null where it is about the whole backup.</summary>
    public ModelLabel? Model { get; init; }

    /// <summary>How many records it is about.</summary>
    public long Records { get; init; }

    /// <summary>Where the first of these stands, or null where that says nothing.</summary>
    [JsonPropertyOrder(2)]
    public RecordPlace? First { get; init; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
