using System.Globalization;
using Relocation.Testing.Benchmarks.Engines;

namespace Relocation.Testing.Benchmarks;

/// <summary>Generates the benchmark's backup and says what that costs.</summary>
internal static class GenerateCommand
{
    internal static async Task<int> RunAsync(Arguments arguments)
    {
        var engine = BenchmarkEngine.Of(arguments.Text("engine", "sqlite"));
        var records = arguments.Number("records", 100_000);
        var options = new SyntheticBackupOptions { Seed = arguments.Number("seed", 1), TotalRecords = records };
        var backup = SyntheticBackup.For(engine.RelocationModel(), options);
        var (cpu, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        if (arguments.Text("output", string.Empty) is { Length: > 0 } output)
        {
            await backup.WriteFileAsync(output);
        }
        else
        {
            await backup.WriteAsync(Stream.Null);
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{records:N0} records: {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / records:0.0} µs of processor time and "
            + $"{(GC.GetTotalAllocatedBytes() - allocated) / records} bytes allocated each."));
        return 0;
    }
}
