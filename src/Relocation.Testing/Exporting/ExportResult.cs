namespace Relocation.Testing;

/// <summary>What an export wrote, and what it left out.</summary>
public sealed class ExportResult
{
    internal ExportResult()
    {
    }

    /// <summary>Counts for each model, in the order of the backup.</summary>
    public required IReadOnlyList<ExportedModel> Models { get; init; }

    /// <summary>How many records were left out, for each model and reason, in the order of the backup.</summary>
    public required IReadOnlyList<FilteredRecords> LeftOut { get; init; }

    /// <summary>
    /// How many elements of members (keys of a many-to-many relation, owned objects) were left out because of a reference; their
    /// records were written.
    /// </summary>
    public required IReadOnlyList<FilteredRecords> LeftOutElements { get; init; }

    /// <summary>
    /// What is probably not what was meant though the export has succeeded: rows and values that backups of the model do not hold
    /// (<see cref="RelocationModel.LeftOut"/>), unless they were declared to be left out. Programs should treat them as failures unless they expect them.
    /// </summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>How many records the backup holds.</summary>
    public long RecordCount => Models.Sum(model => model.Exported);
}
