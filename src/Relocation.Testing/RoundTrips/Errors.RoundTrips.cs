namespace Relocation.Testing;

internal static partial class Errors
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
