namespace Relocation.Testing.Cli.Terminals;

/// <summary>Shows the progress on a terminal, if the work takes more than a second.</summary>
/// <param name="title">What is being done, in a word.</param>
internal sealed class CountProgressBar(string title) : IProgress<long>
{
    private long _done;

    public void Report(long value) => Volatile.Write(ref _done, value);

    /// <summary>Waits for work, and shows the bar meanwhile.</summary>
    /// <param name="terminal">Where the bar is shown, if at all.</param>
    /// <param name="total">How many there are; 0 if unknown.</param>
    /// <param name="work">The work; it runs on another thread, since SQLite's calls block.</param>
    internal Task RunAsync(Terminal terminal, long total, Func<Task> work) => ProgressDisplay.RunAsync(terminal, title, work, bar =>
    {
        bar.IsIndeterminate = total == 0;
        bar.MaxValue = Math.Max(total, 1);
        bar.Value = Volatile.Read(ref _done);
    });
}
