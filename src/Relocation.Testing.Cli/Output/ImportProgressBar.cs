using Spectre.Console;

namespace Relocation.Testing.Cli.Output;

/// <summary>Shows how far an import is, on a terminal and when it takes more than a second.</summary>
internal sealed class ImportProgressBar : IProgress<ImportProgress>
{

    private readonly Lock _lock = new();
    private ImportProgress _latest;

    public void Report(ImportProgress value)
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

    private static string Describe(ImportProgress progress) => progress.Step switch
    {
        ImportStep.Indexing => "Reading",
        ImportStep.Verifying => "Checking foreign keys",
        _ => progress.Model is { } model ? $"Writing {Markup.Escape(Terminal.Printable(model.Value))}" : "Writing",
    };

    private void Update(ProgressTask bar)
    {
        ImportProgress latest;
        lock (_lock)
        {
            latest = _latest;
        }

        bar.Description = Describe(latest);
        bar.IsIndeterminate = latest.Total is null;
        bar.MaxValue = Math.Max(latest.Total ?? 1, 1);
        bar.Value = latest.Done;
    }
}
