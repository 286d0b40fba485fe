namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>The findings of one step of a validation.</summary>
/// <param name="Name">The name of the findings file, without its ending.</param>
/// <param name="Findings">The findings; empty if everything is fine.</param>
internal sealed record StepFindings(string Name, Findings Findings);
