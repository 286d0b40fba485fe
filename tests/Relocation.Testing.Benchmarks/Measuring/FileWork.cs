using Relocation.Testing.Benchmarks.Engines;

namespace Relocation.Testing.Benchmarks.Measuring;

/// <summary>Runs work on backup files in a process of its own, so that its peak of memory is known.</summary>
internal static class FileWork
{
    internal const string Command = "file-child";

    /// <summary>Starts the process, does the work once to be warm and once more, and reads what both cost.</summary>
    internal static Task<IReadOnlyList<Measurement>> RunAsync(string work, string first, string second) =>
        MeasuredProcess.RunAsync(Command, work, first, second);

    /// <summary>The process's own side.</summary>
    internal static async Task<int> MainAsync(string[] arguments)
    {
        var model = BenchmarkEngine.Of("sqlite").RelocationModel();
        for (var run = 0; run < 2; run++)
        {
            await MeasuredProcess.TurnAsync(() => DoAsync(arguments[0], model, arguments[1], arguments[2]));
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
