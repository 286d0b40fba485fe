namespace Relocation.Testing.Benchmarks.Measuring;

/// <summary>What one import cost.</summary>
/// <param name="WallMilliseconds">Time on the wall.</param>
/// <param name="CpuMilliseconds">Processor time of the importing process.</param>
/// <param name="AllocatedBytes">Managed bytes allocated.</param>
/// <param name="PeakBytes">The process's largest working set until then.</param>
internal sealed record Measurement(double WallMilliseconds, double CpuMilliseconds, long AllocatedBytes, long PeakBytes);
