namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>Hears of progress at once, on the thread that runs the relocation.</summary>
internal sealed class RelocationListener(Action<RelocationProgress> listen) : IProgress<RelocationProgress>
{
    public void Report(RelocationProgress value) => listen(value);
}
