namespace Relocation.Testing;

/// <summary>What a round trip that found nothing has seen.</summary>
/// <param name="First">The export of before, as JSON.</param>
/// <param name="Second">The export of after, as JSON.</param>
/// <param name="Map">Which row each record of the first export became.</param>
/// <param name="Comparison">The comparison of both.</param>
public sealed record RoundTripResult(string First, string Second, PrimaryKeyMap Map, ComparisonResult Comparison);
