namespace Relocation.Testing.Sentry.Rules;

/// <summary>Gives records the place in an order that their version does not keep with them (docs/sentry-versions.md, rules V-1 and F-9).</summary>
/// <param name="settings">The import's settings.</param>
/// <param name="model">The model.</param>
/// <param name="field">The field of the place.</param>
/// <param name="placeOf">The place of a record; null leaves its own.</param>
internal sealed class PlacedRule(ImportSettings settings, ModelLabel model, string field, Func<RecordKey, long?> placeOf) : SentryRule(settings)
{
    public override IReadOnlyList<string> Fields { get; } = [field];

    internal override ModelLabel Model => model;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in chunk.Records)
        {
            if (placeOf(record.Key) is { } place)
            {
                record[field] = place;
            }
        }

        return Task.CompletedTask;
    }
}
