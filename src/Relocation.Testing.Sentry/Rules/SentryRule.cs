namespace Relocation.Testing.Sentry.Rules;

/// <summary>A rule of one of Sentry's models, for one import.</summary>
internal abstract class SentryRule(ImportSettings settings) : RecordRule
{
    /// <summary>The reason for dropping records of merged users.</summary>
    protected const string UserWasMerged = "Its user stands for a user who is there already, whose own data stays as it is.";

    /// <summary>The model.</summary>
    internal abstract ModelLabel Model { get; }

    protected ImportSettings Settings { get; } = settings;

    /// <summary>Whether the model of the version has the rule's fields.</summary>
    internal virtual bool Fits(RelocationEntity entity) => Fields.All(entity.Has);

    /// <summary>The records of new users; those of merged users are dropped.</summary>
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

    /// <summary>Drops a record of a merged user.</summary>
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
