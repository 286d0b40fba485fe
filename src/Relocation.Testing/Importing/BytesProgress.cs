namespace Relocation.Testing.Importing;

/// <summary>Passes on how many bytes the indexer has read.</summary>
internal sealed class BytesProgress(IProgress<ImportProgress> listener, long? total) : IProgress<long>
{
    public void Report(long value) => listener.Report(new ImportProgress(ImportStep.Indexing, value, total, null));
}
