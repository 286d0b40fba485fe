namespace Relocation.Testing.Sentry.Rules;

/// <summary>Models whose slugs are kept; the result contains them.</summary>
internal sealed class KeptSlugRule(ImportSettings settings, ModelLabel model) : SentryRule(settings)
{
    internal const string Field = "slug";

    public override IReadOnlyList<string> Fields { get; } = [Field];

    internal override ModelLabel Model => model;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var slugs = Settings.Slugs.Of(model);
        foreach (var record in chunk.Records)
        {
            if (record[Field] is string slug)
            {
                slugs[record.Key] = slug;
            }
        }

        return Task.CompletedTask;
    }
}
