namespace Relocation.Testing;

/// <summary>What an audit found. No finding shows a value.</summary>
public sealed class LeakAuditResult : FindingsResult
{
    internal LeakAuditResult(Findings findings, long count, long records)
        : base(findings, count) => Records = records;

    /// <summary>How many records were searched.</summary>
    public long Records { get; }

    /// <summary>How many leaks there are, and how many records were searched.</summary>
    public override string ToString() => $"{Count} leaks in {Records} records";
}
