using Spectre.Console;

namespace Relocation.Testing.Cli.Output;

/// <summary>Shows how far an export is, where somebody looks on.</summary>
internal sealed class ExportProgressBar : IProgress<ExportProgress>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private ExportProgress _latest;

    public void Report(ExportProgress value)
    {
        lock (_lock)
        {
            _latest = value;
        }
    }

    /// <summary>Waits for work and shows the bar meanwhile.</summary>
    /// <param name="terminal">Where the bar is shown, if at all.</param>
    /// <param name="work">The work; it runs on another thread, as SQLite's never waits.</param>
    internal async Task<T> RunAsync<T>(Terminal terminal, Func<Task<T>> work)
    {
        var running = Task.Run(work);
        if (terminal.ShowsProgress && await Task.WhenAny(running, Task.Delay(Patience)).ConfigureAwait(false) != running)
        {
            await terminal.Error.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
                .StartAsync(async context =>
                {
                    var bar = context.AddTask("Reading");
                    while (await Task.WhenAny(running, Task.Delay(Interval)).ConfigureAwait(false) != running)
                    {
                        Update(bar);
                    }
                })
                .ConfigureAwait(false);
        }

        return await running.ConfigureAwait(false);
    }

    private void Update(ProgressTask bar)
    {
        ExportProgress latest;
        lock (_lock)
        {
            latest = _latest;
        }

        bar.Description = latest.AllModels == 0
            ? "Reading"
            : $"{Markup.Escape(Terminal.Printable(latest.Model.Value))}, {ReportText.Count(latest.Records, "record")}";
        bar.MaxValue = Math.Max(latest.AllModels, 1);
        bar.Value = latest.Models;
    }
}
