using System.Runtime.InteropServices;

namespace Relocation.Testing.Benchmarks.Measuring;

/// <summary>What figures were taken on.</summary>
internal static class Machine
{
    internal static string Description { get; } =
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Split('#')[0].Trim()}, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}";
}
