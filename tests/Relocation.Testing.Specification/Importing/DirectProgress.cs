namespace Relocation.Testing.Specification.Importing;

/// <summary>Hears of progress at once, on the thread that imports.</summary>
internal sealed class DirectProgress(Action<ImportProgress> listen) : IProgress<ImportProgress>
{
    public void Report(ImportProgress value) => listen(value);
}
