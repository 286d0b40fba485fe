namespace Relocation.Testing;

/// <summary>Some records of one model, to be imported on their own and remembered (docs/sentry-import.md, section 5.6).</summary>
public sealed record SentryModelBatch
{
    /// <summary>The model's label.</summary>
    public required string Model { get; init; }

    /// <summary>One of <see cref="SentryScopes"/>; null is refused.</summary>
    public required ImportScope? Scope { get; init; }

    /// <summary>The identity of the import that the batch is a part of; null is refused.</summary>
    public required Guid? ImportUuid { get; init; }

    /// <summary>The records: a backup without any others.</summary>
    public required Backup Records { get; init; }

    /// <summary>The position of the first record among its model's records in the whole backup, from 1.</summary>
    public required int MinOrdinal { get; init; }

    /// <summary>The keys of records of earlier batches. Default: none.</summary>
    public PrimaryKeyMap? KnownKeys { get; init; }
}
