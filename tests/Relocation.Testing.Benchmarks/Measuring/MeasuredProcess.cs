using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Relocation.Testing.Benchmarks.Measuring;

/// <summary>Work in a fresh process of its own, so that its first turn is cold and its peak of memory is known.</summary>
internal static class MeasuredProcess
{
    /// <summary>Starts this program with those arguments and reads what each turn of its work cost.</summary>
    internal static async Task<IReadOnlyList<Measurement>> RunAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(MeasuredProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Measurement>(line)!)]
            : throw new InvalidOperationException($"'{string.Join(' ', start.ArgumentList)}' failed with exit code {process.ExitCode}.");
    }

    /// <summary>The process's own side: does the work once and prints what it cost.</summary>
    internal static async Task TurnAsync(Func<Task> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await work();
        var wall = watch.Elapsed;
        var measurement = new Measurement(
            wall.TotalMilliseconds,
            (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds,
            GC.GetTotalAllocatedBytes(precise: true) - allocated,
            PeakWorkingSet());
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(measurement));
    }

    /// <summary>The most memory that this process had so far.</summary>
    private static long PeakWorkingSet()
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
