using System.Globalization;
using Relocation.Testing.Sentry.Importing;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>Tokens of organizations. A missing or taken one is replaced by one with the organization's final slug, which is known by then.</summary>
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
            .ToList();
        if (again.Count > 0)
        {
            await FindSlugsAsync(chunk.Session, again, cancellationToken).ConfigureAwait(false);
            again.RemoveAll(record => !CanBeMinted(record));
        }

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

    /// <summary>Organizations of an earlier part of the import are in the database by now.</summary>
    private async Task FindSlugsAsync(ImportSession session, List<ChunkRecord> records, CancellationToken cancellationToken)
    {
        var known = Settings.Slugs.Of(Labels.Organization);
        var missing = records.Select(record => record.Reference("organization_id")).OfType<KeyMapping>()
            .Where(organization => !known.ContainsKey(organization.Old))
            .DistinctBy(organization => organization.New).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var rows = await SupportRows.QueryAsync(
            session,
            $"SELECT id, slug FROM sentry_organization WHERE id IN ({string.Join(", ", missing.Select((_, at) => $"@p{at}"))})",
            [.. missing.Select(organization => (object?)organization.New.AsInteger())],
            cancellationToken).ConfigureAwait(false);
        var slugs = rows.ToDictionary(row => Convert.ToInt64(row[0], CultureInfo.InvariantCulture), row => (string)row[1]!);
        foreach (var organization in missing.Where(organization => slugs.ContainsKey(organization.New.AsInteger())))
        {
            known[organization.Old] = slugs[organization.New.AsInteger()];
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
            ? Settings.Slugs.Of(Labels.Organization).GetValueOrDefault(organization.Old)
            : null;
}
