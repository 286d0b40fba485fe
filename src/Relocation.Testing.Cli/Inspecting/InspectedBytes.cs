namespace Relocation.Testing.Cli.Inspecting;

/// <summary>Passes on how many bytes were read, and remembers it: of compressed text the length is known only at its end.</summary>
internal sealed class InspectedBytes(IProgress<ImportProgress> listener, long? total) : IProgress<long>
{
    internal long Last { get; private set; } = total ?? 0;

    public void Report(long value)
    {
        Last = Math.Max(Last, value);
        listener.Report(new ImportProgress(ImportStep.Indexing, value, total, null));
    }
}
