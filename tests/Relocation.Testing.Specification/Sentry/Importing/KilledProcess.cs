using System.Diagnostics;
using System.Text.Json;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>
/// A second process of a test assembly, which begins imports into databases of their own, lets each go on until its chosen point, and kills
/// itself (SIGKILL) when all of them stand there, with their connections and transactions open.
/// </summary>
/// <remarks>One process for many imports, because a process takes ten times as long to start as a warm import to run.</remarks>
public static class KilledProcess
{
    /// <summary>The environment variable that holds the imports.</summary>
    private const string Variable = "RELOCATION_TEST_KILLED_IMPORTS";

    /// <summary>128 and the number of SIGKILL, as shells tell it.</summary>
    private const int Killed = 137;

    /// <summary>Runs the imports, if that is what the process is for.</summary>
    public static void RunWhenAsked(DatabaseEngine engine)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } asked)
        {
            HostProcess.EndWithParent();
            StandAndDieAsync(engine, JsonSerializer.Deserialize<KilledImport[]>(asked)!).GetAwaiter().GetResult();
        }
    }

    /// <summary>Runs imports in a process that is killed when each stands at its point.</summary>
    /// <returns>Of each import whether it was killed; else it has ended before.</returns>
    internal static async Task<bool[]> KillAsync(string assembly, IReadOnlyList<KilledImport> imports, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [assembly])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment[Variable] = JsonSerializer.Serialize(imports);

        using var process = HostProcess.Start(start);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == Killed, $"The process of {imports[0]} ended with {process.ExitCode}. {said}{await error}");
        var killed = JsonSerializer.Deserialize<bool[]>(said)!;
        Assert.Equal(imports.Count, killed.Length);
        return killed;
    }

    private static async Task StandAndDieAsync(DatabaseEngine engine, KilledImport[] imports)
    {
        // Each import that stands keeps a thread.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(workers + imports.Length, completions);
        var stands = new bool[imports.Length];
        foreach (var (index, import) in imports.Index())
        {
            stands[index] = await StandsAsync(engine, import);
        }

        Console.Out.Write(JsonSerializer.Serialize(stands));
        Console.Out.Flush();
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    private static async Task<bool> StandsAsync(DatabaseEngine engine, KilledImport import)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Task.Run(() => import.RunAsync(engine, import.Stop(() =>
        {
            reached.SetResult();
            new ManualResetEventSlim().Wait();
        })));
        if (await Task.WhenAny(run, reached.Task) == run)
        {
            await run;
            return false;
        }

        return true;
    }
}
