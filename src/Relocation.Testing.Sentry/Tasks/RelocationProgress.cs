namespace Relocation.Testing;

/// <summary>The progress of a running relocation.</summary>
/// <param name="Relocation">The relocation's identity.</param>
/// <param name="Task">The task.</param>
/// <param name="Attempt">The number of the attempt, from 1.</param>
/// <param name="MaxAttempts">The largest number of attempts.</param>
/// <param name="Detail">What the task reports, in words; null when it starts.</param>
public readonly record struct RelocationProgress(Guid Relocation, RelocationTaskName Task, int Attempt, int MaxAttempts, string? Detail);
