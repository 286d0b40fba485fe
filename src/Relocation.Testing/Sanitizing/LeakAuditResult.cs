namespace Relocation.Testing;

/// <summary>What an audit found.</summary>
public sealed class LeakAuditResult
{
    internal LeakAuditResult(Findings findings, long count, long records)
    {
        Findings = findings;
        Count = count;
        Records = records;
    }

    /// <summary>The leaks, as many as <see cref="LeakAuditOptions.MaxFindings"/> lets be kept; none shows a value.</summary>
    public Findings Findings { get; }

    /// <summary>How many leaks there are in all.</summary>
    public long Count { get; }

    /// <summary>How many records were searched.</summary>
    public long Records { get; }

    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>How many leaks there are, and how many records were searched.</summary>
    public override string ToString() => $"{Count} leaks in {Records} records";
}
