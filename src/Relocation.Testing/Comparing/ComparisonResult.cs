namespace Relocation.Testing;

/// <summary>What a comparison found.</summary>
public sealed class ComparisonResult : FindingsResult
{
    internal ComparisonResult(Findings findings, long count, long compared)
        : base(findings, count) => ComparedRecords = compared;

    /// <summary>How many pairs of records were compared; 0 when the records could not be paired.</summary>
    public long ComparedRecords { get; }

    /// <summary>How many findings there are, and how many pairs were compared.</summary>
    public override string ToString() => $"{Count} findings in {ComparedRecords} pairs of records";
}
