using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Rivals;

namespace Relocation.Testing.Benchmarks.Measuring;

/// <summary>Runs imports in a fresh process: the first is cold, those that follow are warm.</summary>
internal static class ImportProcess
{
    internal const string Command = "child";

    /// <summary>Starts the process and reads what its imports cost, one for each database.</summary>
    internal static async Task<IReadOnlyList<Measurement>> RunAsync(
        BenchmarkEngine engine, Rival rival, string file, IReadOnlyList<string> connectionStrings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ImportProcess).Assembly.Location);
        }

        foreach (var argument in (string[])[Command, engine.Name, rival.Name, file, .. connectionStrings])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Measurement>(line)!)]
            : throw new InvalidOperationException($"The import by '{rival.Name}' failed with exit code {process.ExitCode}.");
    }

    /// <summary>The process's own side: imports into each database and prints a line for each.</summary>
    internal static async Task<int> MainAsync(string[] arguments)
    {
        var engine = BenchmarkEngine.Of(arguments[0]);
        var rival = Rival.All.Single(rival => rival.Name == arguments[1]);
        rival.Prepare(engine);
        foreach (var connectionString in arguments[3..])
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var cpu = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            await rival.ImportAsync(engine, connectionString, arguments[2]);
            var wall = watch.Elapsed;
            var measurement = new Measurement(
                wall.TotalMilliseconds,
                (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds,
                GC.GetTotalAllocatedBytes(precise: true) - allocated,
                PeakWorkingSet());
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(measurement));
        }

        return 0;
    }

    /// <summary>The most memory that this process had so far.</summary>
    internal static long PeakWorkingSet()
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            using var self = Process.GetCurrentProcess();
            return self.PeakWorkingSet64;
        }

        // Linux does not tell .NET the peak.
        var line = File.ReadLines(Status).First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
