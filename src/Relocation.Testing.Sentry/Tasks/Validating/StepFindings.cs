namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>What one step of a validation found.</summary>
/// <param name="Name">The name of the findings file, without its ending.</param>
/// <param name="Findings">The findings; none where all is well.</param>
internal sealed record StepFindings(string Name, Findings Findings);
