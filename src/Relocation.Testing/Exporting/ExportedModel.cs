namespace Relocation.Testing;

/// <summary>What became of one model's rows in an export. The counts add up to <see cref="Rows"/>.</summary>
public sealed record ExportedModel
{
    /// <summary>The model.</summary>
    public required ModelLabel Model { get; init; }

    /// <summary>How many rows were read; none of a model that is not in the export's scope.</summary>
    public required long Rows { get; init; }

    /// <summary>How many became records of the backup.</summary>
    public required long Exported { get; init; }

    /// <summary>How many are of a scope that is not exported.</summary>
    public required long OutOfScope { get; init; }

    /// <summary>How many were left out by filters, rules, or for referring to a record that is not exported.</summary>
    public required long LeftOut { get; init; }

    /// <summary>Whether the records come from <see cref="ExportOptions.Checkpoint"/> and not from the database.</summary>
    public bool IsFromCheckpoint { get; init; }
}
