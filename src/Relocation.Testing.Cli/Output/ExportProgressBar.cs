using Spectre.Console;

namespace Relocation.Testing.Cli.Output;

/// <summary>Shows how far an export is, where somebody looks on.</summary>
internal sealed class ExportProgressBar : IProgress<ExportProgress>
{
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
        T? result = default;
        await ProgressDisplay.RunAsync(terminal, "Reading", async () => result = await work().ConfigureAwait(false), Update).ConfigureAwait(false);
        return result!;
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
