namespace Relocation.Testing.Sentry.Rules;

/// <summary>Query subscriptions: always with a new id, since the service does not know the old ones. A subscription without an id stays so.</summary>
internal sealed class QuerySubscriptionRule(ImportSettings settings) : SentryRule(settings)
{
    private const string Field = "subscription_id";
    private const int Length = 32;

    public override IReadOnlyList<string> Fields { get; } = [Field];

    internal override ModelLabel Model => Labels.QuerySubscription;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken) => FreshValues.SetAsync(
        chunk.Session,
        Model,
        Field,
        [.. chunk.Records.Where(record => record.InBackup(Field) is not null)],
        (record, attempt) => $"0/{chunk.Session.Values.Text(Length, Alphabets.Hex, Model, Field, record.Key, attempt)}",
        static _ => false,
        cancellationToken);
}
