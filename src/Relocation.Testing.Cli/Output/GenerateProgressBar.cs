namespace Relocation.Testing.Cli.Output;

/// <summary>Shows how many records are written.</summary>
internal sealed class GenerateProgressBar : IProgress<long>
{
    private long _written;

    public void Report(long value) => Volatile.Write(ref _written, value);

    /// <summary>Waits for work and shows the bar meanwhile.</summary>
    internal Task RunAsync(Terminal terminal, long total, Func<Task> work) => ProgressDisplay.RunAsync(terminal, "Generating", work, bar =>
    {
        bar.MaxValue = Math.Max(total, 1);
        bar.Value = Volatile.Read(ref _written);
    });
}
