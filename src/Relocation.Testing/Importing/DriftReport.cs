namespace Relocation.Testing;

/// <summary>Where a backup and the model differ.</summary>
public sealed class DriftReport
{
    internal DriftReport()
    {
    }

    /// <summary>Models of the backup that the model does not know, ordered by label.</summary>
    public required IReadOnlyList<UnknownModel> UnknownModels { get; init; }

    /// <summary>Fields of the backup that the model does not know, ordered by label and name.</summary>
    public required IReadOnlyList<FieldDrift> UnknownFields { get; init; }

    /// <summary>Fields that records lack and that took their default, ordered by label and name.</summary>
    public required IReadOnlyList<FieldDrift> DefaultedFields { get; init; }

    /// <summary>Whether backup and model agree.</summary>
    public bool IsEmpty => UnknownModels.Count + UnknownFields.Count + DefaultedFields.Count == 0;
}
