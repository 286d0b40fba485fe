namespace Relocation.Testing.Sentry.Rules;

/// <summary>
/// Tokens of organizations. One that is missing or taken is minted again and holds the organization's final slug, which is known
/// by then.
/// </summary>
internal sealed class OrgAuthTokenRule(ImportSettings settings) : SentryRule(settings)
{
    private const string Hash = "token_hashed";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public override IReadOnlyList<string> Fields { get; } = [Hash, "organization_id"];

    internal override ModelLabel Model => Labels.OrgAuthToken;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var rows = await chunk.FindRowsAsync([Hash], ignoreCase: false, cancellationToken).ConfigureAwait(false);
        var again = chunk.Records
            .Where((record, index) => rows[index] is not null || record[Hash] is not string { Length: > 0 } hash || !_taken.Add(hash))
            .Where(CanBeMinted)
            .ToList();
        var lastCharacters = new Dictionary<string, string>();
        await FreshValues.SetAsync(
            chunk.Session,
            Model,
            Hash,
            again,
            (record, attempt) =>
            {
                var token = Tokens.Organization(
                    chunk.Session.Values, record.Key, SlugOf(record)!, Settings.Options.UrlPrefix!, chunk.Session.Now, attempt);
                lastCharacters[Tokens.Hashed(token)] = Tokens.LastCharacters(token);
                return Tokens.Hashed(token);
            },
            made => !_taken.Add((string)made),
            cancellationToken).ConfigureAwait(false);
        foreach (var record in again)
        {
            record["token_last_characters"] = lastCharacters[(string)record[Hash]!];
        }
    }

    private bool CanBeMinted(ChunkRecord record)
    {
        if (SlugOf(record) is null)
        {
            record.Drop("Its token is missing or taken, and there is no organization to make one for.");
            return false;
        }

        if (Settings.Options.UrlPrefix is null)
        {
            record.Drop("Its token is missing or taken, and SentryImportOptions.UrlPrefix, which a new one holds, is not set.");
            return false;
        }

        return true;
    }

    private string? SlugOf(ChunkRecord record) =>
        record.Reference("organization_id") is { } organization
            ? Settings.Slugs.GetValueOrDefault((Labels.Organization, organization.Old))
            : null;
}
