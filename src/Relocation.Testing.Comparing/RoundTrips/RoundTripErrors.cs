namespace Relocation.Testing.Comparing.RoundTrips;

/// <summary>The messages about round trips: what is wrong, where, what to do.</summary>
internal static class RoundTripErrors
{
    internal static RoundTripException RoundTripDiffers(ComparisonResult comparison, IReadOnlyList<string> wrongKeys) => new(
        string.Join(
            Environment.NewLine,
            wrongKeys.Prepend("What was exported, imported and exported again is not the same.")
                .Append(comparison.Findings.ToString())
                .Where(part => part.Length > 0)),
        comparison,
        wrongKeys);
}
