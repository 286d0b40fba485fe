namespace Relocation.Testing.Cli.Inspecting;

/// <summary>Reports how many bytes were read, and remembers the number: the length of compressed text is known only at its end.</summary>
internal sealed class InspectedBytes(IProgress<ImportProgress> listener, long? total) : IProgress<long>
{
    internal long Last { get; private set; } = total ?? 0;

    public void Report(long value)
    {
        Last = Math.Max(Last, value);
        listener.Report(new ImportProgress(ImportStep.Indexing, value, total, null));
    }
}
