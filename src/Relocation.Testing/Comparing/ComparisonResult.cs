namespace Relocation.Testing;

/// <summary>What a comparison found.</summary>
public sealed class ComparisonResult
{
    internal ComparisonResult(Findings findings, long count, long compared)
    {
        Findings = findings;
        Count = count;
        ComparedRecords = compared;
    }

    /// <summary>The findings, as many as <see cref="ComparisonOptions.MaxFindings"/> lets be kept.</summary>
    public Findings Findings { get; }

    /// <summary>How many findings there are in all.</summary>
    public long Count { get; }

    /// <summary>How many pairs of records were compared; 0 when the records could not be paired.</summary>
    public long ComparedRecords { get; }

    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>How many findings there are, and how many pairs were compared.</summary>
    public override string ToString() => $"{Count} findings in {ComparedRecords} pairs of records";
}
