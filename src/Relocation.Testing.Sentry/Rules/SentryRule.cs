namespace Relocation.Testing.Sentry.Rules;

/// <summary>A rule of one of Sentry's models, for one import.</summary>
internal abstract class SentryRule(ImportSettings settings) : RecordRule
{
    /// <summary>Said of records that only an existing user's own data could answer for.</summary>
    protected const string UserWasMerged = "Its user stands for a user who is there already, whose own data stays as it is.";

    /// <summary>The model.</summary>
    internal abstract ModelLabel Model { get; }

    protected ImportSettings Settings { get; } = settings;

    /// <summary>Whether the model of the version that is imported into has what the rule decides about.</summary>
    internal virtual bool Fits(RelocationEntity entity) => Fields.All(entity.Has);

    /// <summary>The records whose user is imported; those of users who are there already are dropped.</summary>
    protected static List<ChunkRecord> OfNewUsers(RecordChunk chunk)
    {
        var kept = new List<ChunkRecord>(chunk.Records.Count);
        foreach (var record in chunk.Records)
        {
            if (!DropWhenMerged(record))
            {
                kept.Add(record);
            }
        }

        return kept;
    }

    /// <summary>Drops a record of a user who is there already.</summary>
    /// <returns>Whether it was dropped.</returns>
    protected static bool DropWhenMerged(ChunkRecord record)
    {
        if (record.Reference("user") is { Kind: KeyMappingKind.Existing })
        {
            record.Drop(UserWasMerged);
            return true;
        }

        return false;
    }
}
