namespace Relocation.Testing.Sentry.Rules;

/// <summary>Numbers that are keys of another model though no reference says so; Sentry itself takes the old number over.</summary>
internal sealed class PlainNumberRule(ImportSettings settings, ModelLabel model, string field, ModelLabel target, bool isNullable)
    : SentryRule(settings)
{
    public override IReadOnlyList<string> Fields { get; } = [field];

    internal override ModelLabel Model => model;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in chunk.Records)
        {
            if (record[field] is not long old)
            {
                continue;
            }

            if (chunk.Session.Find(target, RecordKey.From(old)) is { } found)
            {
                record[field] = found.New.AsInteger();
            }
            else if (isNullable)
            {
                record[field] = null;
            }
            else
            {
                record.Drop($"Its field '{field}' is the key of a record of '{target}' that is not imported.");
            }
        }

        return Task.CompletedTask;
    }
}
