namespace Relocation.Testing;

/// <summary>What came back from a round trip is not what was there before.</summary>
public sealed class RoundTripException : RelocationException
{
    internal RoundTripException(string message, ComparisonResult comparison, IReadOnlyList<string> wrongKeys)
        : base(message)
    {
        Comparison = comparison;
        WrongKeys = wrongKeys;
    }

    /// <summary>What the comparison of both exports found. Findings may hold field values.</summary>
    public ComparisonResult Comparison { get; }

    /// <summary>Keys that are not what they should be, a sentence each.</summary>
    public IReadOnlyList<string> WrongKeys { get; }
}
