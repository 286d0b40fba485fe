namespace Relocation.Testing;

/// <summary>How a <see cref="CompatibilityMatrix"/> is filled.</summary>
public sealed record CompatibilityOptions
{
    /// <summary>Where databases come from, one target for each engine; each version gets a database of its own.</summary>
    public required IReadOnlyList<DatabaseTarget> Targets { get; init; }

    /// <summary>How backups are imported. Default: the defaults of <see cref="ImportOptions"/>, so that drift is reported and not refused.</summary>
    public ImportOptions Import { get; init; } = new();

    /// <summary>How many versions are filled at a time. Default: as many as there are processors, at most 4.</summary>
    public int MaxParallel { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Hears of each cell when it is done. Default: nobody does.</summary>
    public IProgress<CompatibilityProgress>? Progress { get; init; }
}
