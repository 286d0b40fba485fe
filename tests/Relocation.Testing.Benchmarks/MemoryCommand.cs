using System.Globalization;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Measuring;
using Relocation.Testing.Benchmarks.Rivals;

namespace Relocation.Testing.Benchmarks;

/// <summary>Shows that memory grows neither with a backup's size nor, a record, with their number.</summary>
internal static class MemoryCommand
{
    internal static async Task<int> RunAsync(Arguments arguments)
    {
        var name = arguments.Text("rival", "ours");
        var rival = Rival.All.FirstOrDefault(rival => rival.Name == name) ?? throw new UsageException($"'{name}' is no rival.");
        foreach (var engineName in arguments.List("engine", "sqlite"))
        {
            var engine = BenchmarkEngine.Of(engineName);
            await using var backups = new BenchmarkBackups(engine);
            await backups.FillHalfAsync(1_000);
            foreach (var records in arguments.List("records", "10000,100000,1000000").Select(text => long.Parse(text, CultureInfo.InvariantCulture)))
            {
                var file = await backups.WriteAsync(records);
                var targets = new[] { await backups.TargetAsync($"{records}_0"), await backups.TargetAsync($"{records}_1") };
                var imports = await ImportProcess.RunAsync(engine, rival, file, targets);
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{engine.Name}, {rival.Title}, {records:N0} records: peak working set {imports[0].PeakBytes / 1048576.0:0} MB; "
                    + $"allocated a record {imports[0].AllocatedBytes / (double)records:0} B cold, {imports[1].AllocatedBytes / (double)records:0} B warm."));
                foreach (var target in targets)
                {
                    await backups.DropAsync(target);
                }

                File.Delete(file);
            }
        }

        return 0;
    }
}
