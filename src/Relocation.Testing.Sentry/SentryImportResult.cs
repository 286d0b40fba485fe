using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing;

/// <summary>The result of importing a backup of Sentry.</summary>
public sealed class SentryImportResult
{
    private readonly FinalSlugs _slugs;

    internal SentryImportResult(ImportResult records, Guid importUuid, ImportSettings settings)
    {
        Records = records;
        Scope = settings.Scope;
        ImportUuid = importUuid;
        Release = SentryModel.ReleaseOf(settings.Options.Version);
        ClearedKeys = settings.Cleared.All;
        _slugs = settings.Slugs;
    }

    /// <summary>The version that was imported into, and whether all of it is known (<see cref="SentryRelease.IsPartial"/>).</summary>
    public SentryRelease Release { get; }

    /// <summary>The scope of the import.</summary>
    public ImportScope Scope { get; }

    /// <summary>The identity under which the ledger tables remember the import.</summary>
    public Guid ImportUuid { get; }

    /// <summary>The outcome of every record: counts, what was dropped or filtered and why, drift.</summary>
    public ImportResult Records { get; }

    /// <summary>Which row each record became, with Sentry's kinds.</summary>
    public PrimaryKeyMap Map => Records.Map;

    /// <summary>
    /// The keys that were taken out of records since what they lead to is not imported: numbers that are keys without being references, and keys
    /// within JSON (docs/sentry-import.md, section 2.2). Model by model. Default: empty.
    /// </summary>
    public IReadOnlyList<SentryClearedKey> ClearedKeys { get; }

    /// <summary>The slug of the row that a record became; null if the model has no slugs or the record was not imported.</summary>
    /// <param name="model">The record's model.</param>
    /// <param name="key">The record's key in the backup.</param>
    public string? Slug(ModelLabel model, RecordKey key) =>
        Map.TryGet(model, key, out _) ? _slugs.Find(model)?.GetValueOrDefault(key) : null;
}
