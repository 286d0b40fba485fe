using Spectre.Console;

namespace Relocation.Testing.Cli.Terminals;

/// <summary>Shows a bar while work runs: on a terminal, and when it takes more than a second.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for work, and shows the bar meanwhile.</summary>
    /// <param name="terminal">Where the bar is shown, if at all.</param>
    /// <param name="description">What the bar is called at first.</param>
    /// <param name="work">The work; it runs on another thread, since SQLite's calls block.</param>
    /// <param name="update">Brings the bar up to date, ten times a second.</param>
    internal static async Task RunAsync(Terminal terminal, string description, Func<Task> work, Action<ProgressTask> update)
    {
        var running = Task.Run(work);
        if (terminal.ShowsProgress && !await EndsWithinAsync(running, Patience).ConfigureAwait(false))
        {
            await terminal.Error.Progress()
                .AutoClear(true)
                .HideCompleted(false)
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(async context =>
                {
                    var bar = context.AddTask(description);
                    while (!await EndsWithinAsync(running, Interval).ConfigureAwait(false))
                    {
                        update(bar);
                    }
                })
                .ConfigureAwait(false);
        }

        await running.ConfigureAwait(false);
    }

    private static async Task<bool> EndsWithinAsync(Task work, TimeSpan time)
    {
        await work.WaitAsync(time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return work.IsCompleted;
    }
}
