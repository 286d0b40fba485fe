namespace Relocation.Testing.Benchmarks.Measuring;

/// <summary>What the resets of one kind cost.</summary>
/// <param name="Title">How the report calls them.</param>
/// <param name="Milliseconds">The time of each.</param>
internal sealed record ResetMeasurement(string Title, IReadOnlyList<double> Milliseconds);
