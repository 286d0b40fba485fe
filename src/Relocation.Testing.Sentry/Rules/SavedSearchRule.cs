namespace Relocation.Testing.Sentry.Rules;

/// <summary>Saved searches: global ones are imported in global scope only.</summary>
internal sealed class SavedSearchRule(ImportSettings settings) : SentryRule(settings)
{
    public override IReadOnlyList<string> Fields { get; } = ["is_global"];

    internal override ModelLabel Model => Labels.SavedSearch;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in chunk.Records.Where(record => !Settings.IsGlobal && record["is_global"] is true))
        {
            record.Drop("A search of the whole instance is imported in global scope only.");
        }

        return Task.CompletedTask;
    }
}
