namespace Relocation.Testing.Sentry.Rules;

/// <summary>A Guid that is never kept: if a record has one, the row gets a new one.</summary>
internal sealed class FreshGuidRule(ImportSettings settings, ModelLabel model, string field) : SentryRule(settings)
{
    private const int GuidBytes = 16;

    public override IReadOnlyList<string> Fields { get; } = [field];

    internal override ModelLabel Model => model;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken) => FreshValues.SetAsync(
        chunk.Session,
        model,
        field,
        [.. chunk.Records.Where(record => record[field] is not null)],
        (record, attempt) => NewGuid(chunk.Session.Values, record.Key, attempt),
        static _ => false,
        cancellationToken);

    /// <summary>A Guid of version 4, the only version that Sentry's tools accept.</summary>
    private Guid NewGuid(SeededValues values, RecordKey key, int attempt)
    {
        var bytes = values.Bytes(GuidBytes, model, field, key, attempt);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
