using Spectre.Console;

namespace Relocation.Testing.Cli.Output;

/// <summary>Shows how many records are written, on a terminal and when it takes more than a second.</summary>
internal sealed class GenerateProgressBar : IProgress<long>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _written;

    public void Report(long value) => Volatile.Write(ref _written, value);

    /// <summary>Waits for work and shows the bar meanwhile.</summary>
    internal async Task RunAsync(Terminal terminal, long total, Func<Task> work)
    {
        var running = Task.Run(work);
        if (terminal.ShowsProgress && await Task.WhenAny(running, Task.Delay(Patience)).ConfigureAwait(false) != running)
        {
            await terminal.Error.Progress()
                .AutoClear(true)
                .HideCompleted(false)
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(async context =>
                {
                    var bar = context.AddTask("Generating", maxValue: Math.Max(total, 1));
                    while (await Task.WhenAny(running, Task.Delay(Interval)).ConfigureAwait(false) != running)
                    {
                        bar.Value = Volatile.Read(ref _written);
                    }
                })
                .ConfigureAwait(false);
        }

        await running.ConfigureAwait(false);
    }
}
