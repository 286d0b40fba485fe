namespace Relocation.Testing;

/// <summary>What an audit found. No finding shows a value.</summary>
public sealed class LeakAuditResult : FindingsResult
{
    internal LeakAuditResult(Findings findings, long count, long records, IReadOnlyList<KeptField> kept)
        : base(findings, count)
    {
        Records = records;
        Kept = kept;
    }

    /// <summary>How many records were searched.</summary>
    public long Records { get; }

    /// <summary>
    /// The fields without a rule whose values stand as the original holds them, sorted by model and field: text, JSON, dates and bytes. They
    /// are no leaks: nobody said that they are to be replaced.
    /// </summary>
    public IReadOnlyList<KeptField> Kept { get; }

    /// <summary>How many leaks there are, and how many records were searched.</summary>
    public override string ToString() => $"{Count} leaks in {Records} records, {Kept.Count} fields kept";
}
