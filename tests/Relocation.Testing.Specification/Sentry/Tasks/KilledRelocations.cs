using System.Diagnostics;
using System.Text.Json;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>
/// A second process of a test assembly, which runs relocations in databases of their own, lets each go on until its chosen point, and kills itself
/// (SIGKILL) when all of them stand there, with their connections and transactions open.
/// </summary>
public static class KilledRelocations
{
    /// <summary>The environment variable that names the file of the relocations.</summary>
    private const string Variable = "RELOCATION_TEST_KILLED_RELOCATIONS";

    /// <summary>128 and the number of SIGKILL, as shells tell it.</summary>
    private const int Killed = 137;

    /// <summary>Whether that is what the process is for.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Runs the relocations until each stands, and kills the process.</summary>
    public static async Task RunAsync(DatabaseEngine engine, StatementWatch watch)
    {
        HostProcess.EndWithParent();
        var asked = await File.ReadAllTextAsync(Environment.GetEnvironmentVariable(Variable)!);
        var relocations = JsonSerializer.Deserialize<KilledRelocation[]>(asked)!;

        // Each relocation that stands keeps a thread.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(workers + relocations.Length, completions);
        var stands = new bool[relocations.Length];
        foreach (var (index, relocation) in relocations.Index())
        {
            stands[index] = await StandsAsync(engine, watch, relocation);
        }

        Console.Out.Write(JsonSerializer.Serialize(stands));
        Console.Out.Flush();
        using var self = Process.GetCurrentProcess();
        self.Kill();
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Has relocations run in a process that is killed when each stands at its point.</summary>
    /// <returns>Of each whether it was killed; else it has ended before.</returns>
    internal static async Task<bool[]> KillAsync(string assembly, IReadOnlyList<KilledRelocation> relocations, CancellationToken cancellationToken)
    {
        var list = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(list, JsonSerializer.Serialize(relocations), cancellationToken);
            var start = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardError = true, RedirectStandardOutput = true };
            start.Environment[Variable] = list;
            using var process = HostProcess.Start(start);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            Assert.True(process.ExitCode == Killed, $"The process ended with {process.ExitCode}. {said}{await error}");
            return JsonSerializer.Deserialize<bool[]>(said)!;
        }
        finally
        {
            File.Delete(list);
        }
    }

    private static async Task<bool> StandsAsync(DatabaseEngine engine, StatementWatch watch, KilledRelocation relocation)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Task.Run(() => relocation.RunAsync(engine, watch, () =>
        {
            reached.SetResult();
            new ManualResetEventSlim().Wait();
        }));
        if (await Task.WhenAny(run, reached.Task) == run)
        {
            await run;
            return false;
        }

        return true;
    }
}
