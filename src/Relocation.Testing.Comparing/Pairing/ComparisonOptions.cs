namespace Relocation.Testing;

/// <summary>What a comparison goes by.</summary>
public sealed record ComparisonOptions
{
    /// <summary>
    /// The models, which say what refers to what and which labels and names of fields are the same (<see cref="RelocationModel.WithRules"/>
    /// declares more of them); null to take both backups as they are written. Default: null.
    /// </summary>
    public RelocationModel? Model { get; init; }

    /// <summary>What looks at which fields. Default: <see cref="Testing.Comparators.Default"/> of the model; without one, nothing.</summary>
    public ComparatorMap? Comparators { get; init; }

    /// <summary>
    /// Whether findings show field values and text keys, which may be personal data; secrets stay shortened. Without, they say what kind of
    /// value it is. What <see cref="ComparatorMap.PairsByPosition"/> words as Sentry does shows values as Sentry does. Default: no.
    /// </summary>
    public bool IncludeValues { get; init; }

    /// <summary>How many findings are kept; all are counted. Default: 10,000.</summary>
    public int MaxFindings { get; init; } = 10_000;

    /// <summary>Bounds on what the backups may hold. Default: <see cref="BackupLimits.Default"/>.</summary>
    public BackupLimits Limits { get; init; } = BackupLimits.Default;

    /// <summary>Hears how many pairs of records were compared, after every thousandth. Default: nobody.</summary>
    public IProgress<long>? Progress { get; init; }
}
