namespace Relocation.Testing.Backups;

/// <summary>A label as a backup spells it, and what records of that label belong to.</summary>
/// <param name="spelling">The bytes between the quotes.</param>
/// <param name="records">The model's records.</param>
/// <param name="partKinds">What the model's keys are made of, or null for a model that is not known.</param>
/// <param name="observer">Who wants to see the records, if anyone.</param>
internal sealed class IndexedLabel(byte[] spelling, ModelRecords records, RecordKeyKind[]? partKinds, RecordObserver? observer)
{
    internal byte[] Spelling { get; } = spelling;

    internal ModelRecords Records { get; } = records;

    internal RecordKeyKind[]? PartKinds { get; } = partKinds;

    internal RecordObserver? Observer { get; } = observer;

    /// <summary>Whether a whole number may be a key, which then needs no <see cref="RecordKey"/>.</summary>
    internal bool TakesIntegers { get; } = partKinds is null or [RecordKeyKind.Integer];

    /// <summary>Reads a key of the model's kind, or of any kind when the model is not known.</summary>
    internal bool TryReadKey(ReadOnlySpan<byte> token, out RecordKey key) =>
        PartKinds is null ? JsonKey.TryRead(token, out key) : JsonKey.TryRead(token, PartKinds, out key);
}
