namespace Relocation.Testing;

/// <summary>The result of a batch: it was imported, now or before, or there is an error and nothing was written.</summary>
public sealed class SentryBatchResult
{
    internal SentryBatchResult(SentryImportError error)
    {
        Error = error;
        Map = PrimaryKeyMap.From([]);
    }

    internal SentryBatchResult(PrimaryKeyMap map, int? minOrdinal, int? maxOrdinal)
    {
        Map = map;
        MinOrdinal = minOrdinal;
        MaxOrdinal = maxOrdinal;
    }

    /// <summary>Why nothing was written, or null when the batch is imported.</summary>
    public SentryImportError? Error { get; }

    /// <summary>Which row each record became; empty when there is an error.</summary>
    public PrimaryKeyMap Map { get; }

    /// <summary>
    /// The keys that were taken out of records since they lead to no record of the batch or of <see cref="SentryModelBatch.KnownKeys"/>, as
    /// <see cref="SentryImportResult.ClearedKeys"/> are. Empty for a batch that was imported before. Default: empty.
    /// </summary>
    public IReadOnlyList<SentryClearedKey> ClearedKeys { get; internal init; } = [];

    /// <summary>The position of the batch's first record; null when no record was imported.</summary>
    public int? MinOrdinal { get; }

    /// <summary>The position of the batch's last record; null when no record was imported.</summary>
    public int? MaxOrdinal { get; }
}
