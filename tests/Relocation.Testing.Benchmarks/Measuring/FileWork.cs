using System.Diagnostics;
using System.Text.Json;
using Relocation.Testing.Benchmarks.Engines;

namespace Relocation.Testing.Benchmarks.Measuring;

/// <summary>Runs work on backup files in a process of its own, so that its peak of memory is known.</summary>
internal static class FileWork
{
    internal const string Command = "file-child";

    /// <summary>Starts the process, does the work once to be warm and once more, and reads what both cost.</summary>
    internal static async Task<IReadOnlyList<Measurement>> RunAsync(string work, string first, string second)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(FileWork).Assembly.Location);
        }

        foreach (var argument in (string[])[Command, work, first, second])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Measurement>(line)!)]
            : throw new InvalidOperationException($"'{work}' failed with exit code {process.ExitCode}.");
    }

    /// <summary>The process's own side.</summary>
    internal static async Task<int> MainAsync(string[] arguments)
    {
        var model = BenchmarkEngine.Of("sqlite").RelocationModel();
        for (var run = 0; run < 2; run++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var cpu = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            await DoAsync(arguments[0], model, arguments[1], arguments[2]);
            var wall = watch.Elapsed;
            var measurement = new Measurement(
                wall.TotalMilliseconds,
                (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds,
                GC.GetTotalAllocatedBytes(precise: true) - allocated,
                ImportProcess.PeakWorkingSet());
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(measurement));
        }

        return 0;
    }

    private static async Task DoAsync(string work, RelocationModel model, string first, string second)
    {
        switch (work)
        {
            case "compare":
                await BackupComparer.CompareAsync(Backup.FromFile(first), Backup.FromFile(second), new ComparisonOptions { Model = model });
                break;
            case "sanitize":
                await BackupSanitizer.SanitizeAsync(Backup.FromFile(first), BackupDestination.ToFile(second), new SanitizeOptions { Model = model, Seed = "benchmark" });
                break;
            case "audit":
                await LeakAudit.RunAsync(Backup.FromFile(first), Backup.FromFile(second), new LeakAuditOptions { Model = model });
                break;
            default:
                throw new UsageException($"'{work}' is no work on files.");
        }
    }
}
