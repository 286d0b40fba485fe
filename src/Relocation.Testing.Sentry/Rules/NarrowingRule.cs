namespace Relocation.Testing.Sentry.Rules;

/// <summary>Refuses, leaves out or changes records that would give somebody more access (docs/sentry-versions.md).</summary>
internal sealed class NarrowingRule(ImportSettings settings, ModelLabel model) : SentryRule(settings)
{
    internal override ModelLabel Model => model;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in chunk.Records)
        {
            if (Settings.Drift.NarrowingOf(model, record.Key) is not { } narrowing)
            {
                continue;
            }

            switch (Settings.Drift.PolicyOf(narrowing))
            {
                case WideningPolicy.Refuse:
                    record.Refuse(Errors.Widens(narrowing, chunk.Session.Model.Name));
                    break;
                case WideningPolicy.Nearest when narrowing.Nearest is var (field, value):
                    record[field] = value;
                    break;
                default:
                    record.Drop(Errors.LeftOutAsWider(narrowing, chunk.Session.Model.Name));
                    break;
            }
        }

        return Task.CompletedTask;
    }
}
