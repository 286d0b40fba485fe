namespace Relocation.Testing.Sentry.Rules;

/// <summary>A user's addresses: one row each, with the last record's values; unverified again, unless the whole instance is restored.</summary>
internal sealed class UserEmailRule(ImportSettings settings) : SentryRule(settings)
{
    private const int HashLength = 32;

    private readonly LastOfEach<(object? User, string Email)> _last = new();

    public override IReadOnlyList<string> Fields { get; } = ["user", "email"];

    internal override ModelLabel Model => Labels.UserEmail;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var rows = await chunk.FindRowsAsync(["user", "email"], ignoreCase: false, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rows.Count; i++)
        {
            var record = chunk.Records[i];
            if (DropWhenMerged(record))
            {
                continue;
            }

            if (record["email"] is string email)
            {
                _last.Write(record, (record["user"], email), rows[i]);
            }

            if (!Settings.IsGlobal)
            {
                record["is_verified"] = false;
                record["validation_hash"] = chunk.Session.Values.Text(
                    HashLength, Alphabets.LettersAndDigits, Labels.UserEmail, "validation_hash", record.Key);
                record["date_hash_added"] = chunk.Session.Now;
            }
        }
    }
}
