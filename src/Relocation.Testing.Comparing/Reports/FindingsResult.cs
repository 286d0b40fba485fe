namespace Relocation.Testing;

/// <summary>What a comparison or an audit found.</summary>
public abstract class FindingsResult
{
    private protected FindingsResult(Findings findings, long count) => (Findings, Count) = (findings, count);

    /// <summary>The findings, as many as the options let be kept.</summary>
    public Findings Findings { get; }

    /// <summary>How many findings there are in all.</summary>
    public long Count { get; }

    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => Count == 0;
}
