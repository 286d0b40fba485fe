namespace Relocation.Testing.Snapshots;

/// <summary>Records of one model that mean the same in two pk maps and only have other new keys.</summary>
/// <param name="Model">The model.</param>
/// <param name="Count">How many records they are.</param>
/// <param name="SmallestShift">The least that was added to a new key, or null when the keys are no integers.</param>
/// <param name="LargestShift">The most that was added to a new key, or null when the keys are no integers.</param>
internal sealed record Renumbering(ModelLabel Model, int Count, long? SmallestShift, long? LargestShift);
