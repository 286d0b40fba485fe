namespace Relocation.Testing.Sentry.Rules;

/// <summary>Rules whose owner is an actor in older backups: if the new fields are empty, they take the user or team.</summary>
internal sealed class OwnerRule(ImportSettings settings, ModelLabel model, string userField, string teamField) : SentryRule(settings)
{
    public override IReadOnlyList<string> Fields { get; } = [userField, teamField];

    internal override ModelLabel Model => model;

    /// <summary>A version that still has actors keeps owners as they are.</summary>
    internal override bool Fits(RelocationEntity entity) => base.Fits(entity) && !entity.Has(FormerOwners.Owner);

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in chunk.Records)
        {
            if (record.InBackup(userField) is not null || record.InBackup(teamField) is not null)
            {
                continue;
            }

            var (user, team) = Settings.Owners.Find(model, record.Key);
            Set(record, userField, Labels.User, user);
            Set(record, teamField, Labels.Team, team);
        }

        return Task.CompletedTask;

        void Set(ChunkRecord record, string field, ModelLabel target, long? old)
        {
            if (old is { } key && chunk.Session.Find(target, RecordKey.From(key)) is { } owner)
            {
                record[field] = owner.New.AsInteger();
            }
        }
    }
}
