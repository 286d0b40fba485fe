using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing;

/// <summary>The result of importing a backup of Sentry.</summary>
public sealed class SentryImportResult
{
    private readonly FinalSlugs _slugs;

    internal SentryImportResult(ImportResult records, ImportScope scope, Guid importUuid, FinalSlugs slugs)
    {
        Records = records;
        Scope = scope;
        ImportUuid = importUuid;
        _slugs = slugs;
    }

    /// <summary>The scope of the import.</summary>
    public ImportScope Scope { get; }

    /// <summary>The identity under which the ledger tables remember the import.</summary>
    public Guid ImportUuid { get; }

    /// <summary>The outcome of every record: counts, what was dropped or filtered and why, drift.</summary>
    public ImportResult Records { get; }

    /// <summary>Which row each record became, with Sentry's kinds.</summary>
    public PrimaryKeyMap Map => Records.Map;

    /// <summary>The slug of the row that a record became; null if the model has no slugs or the record was not imported.</summary>
    /// <param name="model">The record's model.</param>
    /// <param name="key">The record's key in the backup.</param>
    public string? Slug(ModelLabel model, RecordKey key) =>
        Map.TryGet(model, key, out _) ? _slugs.Find(model)?.GetValueOrDefault(key) : null;
}
