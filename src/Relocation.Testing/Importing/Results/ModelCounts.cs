namespace Relocation.Testing;

/// <summary>What became of one model's records. The counts add up to <see cref="Records"/>.</summary>
public sealed record ModelCounts
{
    /// <summary>The model.</summary>
    public required ModelLabel Model { get; init; }

    /// <summary>How many records the backup holds.</summary>
    public required long Records { get; init; }

    /// <summary>How many were written as new rows.</summary>
    public required long Inserted { get; init; }

    /// <summary>How many stand for rows that were there before.</summary>
    public required long Existing { get; init; }

    /// <summary>How many were written over rows that were there before.</summary>
    public required long Overwritten { get; init; }

    /// <summary>How many are not in the import's scope.</summary>
    public required long OutOfScope { get; init; }

    /// <summary>How many a filter left out, or need a record that one left out. Default: none.</summary>
    public long Filtered { get; init; }

    /// <summary>How many were dropped because a reference leads nowhere or a rule says so.</summary>
    public required long Dropped { get; init; }

    /// <summary>How many references were set to null because they lead nowhere (such records are counted as inserted).</summary>
    public required long ReferencesSetToNull { get; init; }
}
