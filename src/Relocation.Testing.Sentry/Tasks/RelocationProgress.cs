namespace Relocation.Testing;

/// <summary>What a running relocation is at.</summary>
/// <param name="Relocation">The relocation's identity.</param>
/// <param name="Task">The task.</param>
/// <param name="Attempt">Which attempt it is, from 1.</param>
/// <param name="MaxAttempts">How many there may be.</param>
/// <param name="Detail">What the task says of itself, in words; or null at its beginning.</param>
public readonly record struct RelocationProgress(Guid Relocation, RelocationTaskName Task, int Attempt, int MaxAttempts, string? Detail);
