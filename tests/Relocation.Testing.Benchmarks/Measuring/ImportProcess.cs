using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Rivals;

namespace Relocation.Testing.Benchmarks.Measuring;

/// <summary>Runs imports in a fresh process: the first is cold, those that follow are warm.</summary>
internal static class ImportProcess
{
    internal const string Command = "child";

    /// <summary>Starts the process and reads what its imports cost, one for each database.</summary>
    internal static Task<IReadOnlyList<Measurement>> RunAsync(
        BenchmarkEngine engine, Rival rival, string file, IReadOnlyList<string> connectionStrings) =>
        MeasuredProcess.RunAsync([Command, engine.Name, rival.Name, file, .. connectionStrings]);

    /// <summary>The process's own side: imports into each database and prints a line for each.</summary>
    internal static async Task<int> MainAsync(string[] arguments)
    {
        var engine = BenchmarkEngine.Of(arguments[0]);
        var rival = Rival.All.Single(rival => rival.Name == arguments[1]);
        rival.Prepare(engine);
        foreach (var connectionString in arguments[3..])
        {
            await MeasuredProcess.TurnAsync(() => rival.ImportAsync(engine, connectionString, arguments[2]));
        }

        return 0;
    }
}
