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
            if (IsOfNewUser(record))
            {
                kept.Add(record);
            }
        }

        return kept;
    }

    /// <summary>Whether a record's user is imported; that of a user who is there already is dropped.</summary>
    protected static bool IsOfNewUser(ChunkRecord record)
    {
        if (record.Reference("user") is not { Kind: KeyMappingKind.Existing })
        {
            return true;
        }

        record.Drop(UserWasMerged);
        return false;
    }
}
