namespace Relocation.Testing.Sentry.Rules;

/// <summary>A user's addresses: unverified again, unless the whole instance is restored.</summary>
internal sealed class UserEmailRule(ImportSettings settings) : SentryRule(settings)
{
    private const int HashLength = 32;

    private readonly FirstOfEach<(object? User, string Email)> _first = new();

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

            if (rows[i] is { } row)
            {
                record.MapTo(row);
                continue;
            }

            var isDouble = record["email"] is string email && _first.MapToEarlier(record, (record["user"], email));
            if (!Settings.IsGlobal && !isDouble)
            {
                record["is_verified"] = false;
                record["validation_hash"] = chunk.Session.Values.Text(
                    HashLength, Alphabets.LettersAndDigits, Labels.UserEmail, "validation_hash", record.Key);
                record["date_hash_added"] = chunk.Session.Now;
            }
        }
    }
}
