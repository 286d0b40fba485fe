namespace Relocation.Testing.Sentry.Rules;

/// <summary>Numbers that are keys of another model without being references; Sentry keeps the old number.</summary>
internal sealed class PlainNumberRule(ImportSettings settings, PlainNumber number) : SentryRule(settings)
{
    public override IReadOnlyList<string> Fields { get; } = [number.Field];

    internal override ModelLabel Model => number.Model;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in chunk.Records)
        {
            if (record[number.Field] is not long old)
            {
                continue;
            }

            if (chunk.Session.Find(number.Target, RecordKey.From(old)) is { } found)
            {
                record[number.Field] = found.New.AsInteger();
            }
            else if (number.IsNullable)
            {
                record[number.Field] = null;
                Settings.Cleared.Add(Model, record.Key, number.Field, number.Target);
            }
            else
            {
                record.Drop($"Its field '{number.Field}' is the key of a record of '{number.Target}' that is not imported.");
            }
        }

        return Task.CompletedTask;
    }
}
