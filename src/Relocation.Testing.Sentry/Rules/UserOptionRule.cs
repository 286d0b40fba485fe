namespace Relocation.Testing.Sentry.Rules;

/// <summary>A user's options: one for each key, with valid values.</summary>
internal sealed class UserOptionRule(ImportSettings settings) : SentryRule(settings)
{
    private readonly HashSet<(object? User, string Key)> _forAll = [];
    private readonly UserOptionChoices _choices = new();

    public override IReadOnlyList<string> Fields { get; } = ["user", "organization_id", "project_id", "key", "value"];

    internal override ModelLabel Model => Labels.UserOption;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in OfNewUsers(chunk))
        {
            if (record["key"] is not string key)
            {
                continue;
            }

            var isForAll = record.InBackup("organization_id") is null && record.InBackup("project_id") is null;
            if (_choices.WrongWith(key, record["value"] as string) is { } wrong)
            {
                record.Refuse(wrong);
            }
            else if (isForAll && !_forAll.Add((record["user"], key)))
            {
                record.Drop("The user has an option of this key already.");
            }
        }

        return Task.CompletedTask;
    }
}
