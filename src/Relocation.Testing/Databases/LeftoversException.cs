namespace Relocation.Testing;

/// <summary>A test has left something in its database that no reset of rows takes back, and was to fail for that (<c>FailOnLeftovers</c>).</summary>
public sealed class LeftoversException : RelocationException
{
    internal LeftoversException(string message, IReadOnlyList<string> leftovers)
        : base(message) => Leftovers = leftovers;

    /// <summary>What was left, one sentence each.</summary>
    public IReadOnlyList<string> Leftovers { get; }
}
