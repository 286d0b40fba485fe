namespace Relocation.Testing;

/// <summary>What a comparison found.</summary>
public sealed class ComparisonResult : FindingsResult
{
    internal ComparisonResult(Findings findings, long count, long compared, IReadOnlyList<ModelComparison> models, IReadOnlyList<ModelLabel> unknown)
        : base(findings, count) => (ComparedRecords, Models, UnknownModels) = (compared, models, unknown);

    /// <summary>How many pairs of records were compared; 0 when the records could not be paired.</summary>
    public long ComparedRecords { get; }

    /// <summary>
    /// How each model's records compare, in the order in which the models come first in the left backup, then in the right one. Where the
    /// records could not be paired, <see cref="ModelComparison.Added"/> and <see cref="ModelComparison.Removed"/> are what one side has more.
    /// </summary>
    public IReadOnlyList<ModelComparison> Models { get; }

    /// <summary>
    /// The models that <see cref="ComparisonOptions.Model"/> does not know, so that nothing tells their references from numbers: their fields
    /// are compared as they are written, and of their keys those that are no plain integers or Guids.
    /// </summary>
    public IReadOnlyList<ModelLabel> UnknownModels { get; }

    /// <summary>How many findings there are, and how many pairs were compared.</summary>
    public override string ToString() => $"{Count} findings in {ComparedRecords} pairs of records";
}
