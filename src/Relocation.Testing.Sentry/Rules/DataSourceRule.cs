using System.Globalization;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>
/// Sources of detectors: which model's key the text <c>source_id</c> is depends on the source's type (docs/sentry-import.md, section 6.2).
/// </summary>
internal sealed class DataSourceRule(ImportSettings settings) : SentryRule(settings)
{
    private const string Key = "source_id";
    private const string Type = "type";

    /// <summary>The types whose sources backups may hold.</summary>
    private static readonly Dictionary<string, ModelLabel[]> Sources = new(StringComparer.Ordinal)
    {
        ["cron_monitor"] = [Labels.Monitor, Labels.FormerMonitor],
        ["snuba_query_subscription"] = [Labels.QuerySubscription],
    };

    public override IReadOnlyList<string> Fields { get; } = [Key, Type];

    internal override ModelLabel Model => Labels.DataSource;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in chunk.Records)
        {
            if (record[Type] is not string type || !Sources.TryGetValue(type, out var models))
            {
                record.Drop("Its field 'type' names a kind of source that backups do not hold, so its field 'source_id' leads nowhere.");
            }
            else if (record[Key] is not string text || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var old)
                || models.Select(model => chunk.Session.Find(model, RecordKey.From(old))).FirstOrDefault(found => found is not null) is not { } source)
            {
                record.Drop($"Its field 'source_id' is the key of no record of '{models[0]}' that is imported.");
            }
            else
            {
                record[Key] = source.New.AsInteger().ToString(CultureInfo.InvariantCulture);
            }
        }

        return Task.CompletedTask;
    }
}
