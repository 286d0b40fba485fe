using Spectre.Console;

namespace Relocation.Testing.Cli.Output;

/// <summary>Shows how much is done, on a terminal and when it takes more than a second.</summary>
/// <param name="title">What is being done, in a word.</param>
internal sealed class CountProgressBar(string title) : IProgress<long>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _done;

    public void Report(long value) => Volatile.Write(ref _done, value);

    /// <summary>Waits for work and shows the bar meanwhile.</summary>
    /// <param name="terminal">Where the bar is shown, if at all.</param>
    /// <param name="total">How many there are; 0 when nobody knows.</param>
    /// <param name="work">The work; it runs on another thread, as SQLite's never waits.</param>
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
                    var bar = context.AddTask(title, maxValue: Math.Max(total, 1));
                    bar.IsIndeterminate = total == 0;
                    while (await Task.WhenAny(running, Task.Delay(Interval)).ConfigureAwait(false) != running)
                    {
                        bar.Value = Volatile.Read(ref _done);
                    }
                })
                .ConfigureAwait(false);
        }

        await running.ConfigureAwait(false);
    }
}
