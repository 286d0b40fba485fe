using Spectre.Console;

namespace Relocation.Testing.Cli.Terminals;

/// <summary>Shows how far work is that tells so by itself: on a terminal, and when it takes more than a second.</summary>
/// <param name="title">What the bar is called until the work tells more.</param>
internal abstract class ProgressBar<T>(string title) : IProgress<T>
    where T : struct
{
    private readonly Lock _lock = new();
    private T _latest;

    public void Report(T value)
    {
        lock (_lock)
        {
            _latest = value;
        }
    }

    /// <summary>Waits for work, and shows the bar meanwhile.</summary>
    /// <param name="terminal">Where the bar is shown, if at all.</param>
    /// <param name="work">The work; it runs on another thread, since SQLite's calls block.</param>
    internal async Task<TResult> RunAsync<TResult>(Terminal terminal, Func<Task<TResult>> work)
    {
        TResult? result = default;
        await ProgressDisplay.RunAsync(terminal, title, async () => result = await work().ConfigureAwait(false), Update).ConfigureAwait(false);
        return result!;
    }

    private protected abstract void Show(T latest, ProgressTask bar);

    private void Update(ProgressTask bar)
    {
        T latest;
        lock (_lock)
        {
            latest = _latest;
        }

        Show(latest, bar);
    }
}
