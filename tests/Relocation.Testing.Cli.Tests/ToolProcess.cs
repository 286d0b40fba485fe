using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(Relocation.Testing.Cli.Tests.ToolProcesses))]

namespace Relocation.Testing.Cli.Tests;

/// <summary>A process of the tool that carries out one command line after another; see <see cref="StartupHook"/>.</summary>
internal sealed class ToolProcess : IDisposable
{
    /// <summary>A process keeps what it has loaded of users' assemblies, so it does not live for ever.</summary>
    private const int MostRuns = 60;

    private static readonly ConcurrentBag<ToolProcess> Idle = [];

    private readonly Process _process = Begin();
    private int _runs;

    /// <summary>Whether tests share processes: by default, and not where every run is to be a process of its own.</summary>
    internal static bool IsShared { get; } =
        !OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("RELOCATION_TOOL_PROCESSES") != "each";

    /// <summary>Starts a process that waits for runs, and ends when nobody is left who could ask for one.</summary>
    internal static Process Begin()
    {
        var start = Workplace.StartInfo([], Path.GetTempPath());
        start.Environment[StartupHook.Variable] = typeof(StartupHook).Assembly.Location;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Carries out a command line in a process that nobody else uses meanwhile.</summary>
    internal static async Task<Outcome> RunAsync(string? input, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        var streams = Directory.CreateTempSubdirectory("relocation-cli-streams-").FullName;
        var process = Idle.TryTake(out var idle) ? idle : new ToolProcess();
        try
        {
            string[] files = [Path.Combine(streams, "input"), Path.Combine(streams, "output"), Path.Combine(streams, "error")];
            await File.WriteAllTextAsync(files[0], input ?? string.Empty, cancellationToken);
            await process._process.StandardInput.WriteLineAsync(JsonSerializer.Serialize<string[]>([folder, .. files, .. arguments]));
            await process._process.StandardInput.FlushAsync(cancellationToken);
            var answer = await process._process.StandardOutput.ReadLineAsync(cancellationToken);
            Assert.True(answer is not null, $"The tool's process ended in '{string.Join(' ', arguments)}'.\n{Text(files[1])}\n{Text(files[2])}");
            var outcome = new Outcome(int.Parse(answer, CultureInfo.InvariantCulture), Text(files[1]), Text(files[2]));
            if (++process._runs < MostRuns)
            {
                Idle.Add(process);
                process = null;
            }

            return outcome;
        }
        finally
        {
            // A process whose run was cancelled or ended badly is in no known state.
            process?.Dispose();
            Directory.Delete(streams, recursive: true);
        }
    }

    /// <summary>Ends the processes that wait for work.</summary>
    internal static void EndIdle()
    {
        while (Idle.TryTake(out var process))
        {
            process.Dispose();
        }
    }

    /// <summary>Ends the process: with its standard input it ends by itself, unless it is still at work.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static string Text(string path) => File.Exists(path) ? Workplace.Lines(File.ReadAllText(path)) : string.Empty;
}
