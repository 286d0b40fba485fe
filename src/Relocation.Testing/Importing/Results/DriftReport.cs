using System.Text.Json.Serialization;

namespace Relocation.Testing;

/// <summary>Where a backup and the model differ.</summary>
public sealed class DriftReport
{
    [JsonConstructor]
    internal DriftReport()
    {
    }

    /// <summary>Models of the backup that the model does not know, ordered by label.</summary>
    public required IReadOnlyList<UnknownModel> UnknownModels { get; init; }

    /// <summary>Fields of the backup that the model does not know, ordered by label and name.</summary>
    public required IReadOnlyList<FieldDrift> UnknownFields { get; init; }

    /// <summary>
    /// Fields that records lack and that became null or took a default that no rule declares, ordered by label and name.
    /// </summary>
    public required IReadOnlyList<FieldDrift> DefaultedFields { get; init; }

    /// <summary>
    /// What rules declare and the backup has: renamed models and fields, dropped ones, declared defaults; ordered by label, kind
    /// and name.
    /// </summary>
    public required IReadOnlyList<DeclaredDrift> Declared { get; init; }

    /// <summary>Whether backup and model agree, without any rule's help.</summary>
    [JsonIgnore]
    public bool IsEmpty => IsAsDeclared && Declared.Count == 0;

    /// <summary>Whether backup and model agree but for what rules declare.</summary>
    [JsonIgnore]
    public bool IsAsDeclared => UnknownModels.Count + UnknownFields.Count + DefaultedFields.Count == 0;
}
