namespace Relocation.Testing.Sentry.Rules;

/// <summary>API tokens: replaced if they are taken; derived columns always follow.</summary>
/// <param name="settings">The import's settings.</param>
/// <param name="entity">The model in the version that is imported into: older ones derive nothing from tokens.</param>
internal sealed class ApiTokenRule(ImportSettings settings, RelocationEntity entity) : SentryRule(settings)
{
    private const string Access = "token";
    private const string Refresh = "refresh_token";
    private const string Expiry = "expires_at";
    private const string Prefix = "token_type";
    private const string HashedAccess = "hashed_token";
    private const string HashedRefresh = "hashed_refresh_token";
    private const string LastCharacters = "token_last_characters";
    private const int Length = 64;

    private static readonly string[] Derived = [HashedAccess, HashedRefresh, LastCharacters];

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private readonly HashSet<string> _derived = [.. Derived.Where(entity.Has)];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public override IReadOnlyList<string> Fields { get; } = entity.Has(Prefix) ? [Access, Refresh, Expiry, Prefix] : [Access, Refresh, Expiry];

    internal override ModelLabel Model => Labels.ApiToken;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var tokens = await chunk.FindRowsAsync([Access], ignoreCase: false, cancellationToken).ConfigureAwait(false);
        var refreshing = await chunk.FindRowsAsync([Refresh], ignoreCase: false, cancellationToken).ConfigureAwait(false);
        var again = new List<ChunkRecord>();
        for (var i = 0; i < chunk.Records.Count; i++)
        {
            var access = chunk.Records[i][Access] as string;
            var refresh = chunk.Records[i][Refresh] as string;
            if (tokens[i] is not null || refreshing[i] is not null || IsTaken(access) || IsTaken(refresh))
            {
                again.Add(chunk.Records[i]);
            }
            else
            {
                Take(access);
                Take(refresh);
            }
        }

        await MintAsync(chunk.Session, Access, again, cancellationToken).ConfigureAwait(false);
        await MintAsync(chunk.Session, Refresh, [.. again.Where(record => record[Refresh] is not null)], cancellationToken).ConfigureAwait(false);
        foreach (var record in again.Where(record => record[Expiry] is not null))
        {
            record[Expiry] = chunk.Session.Now + Lifetime;
        }

        foreach (var record in chunk.Records)
        {
            if (record[Access] is string token)
            {
                Derive(record, HashedAccess, Tokens.Hashed(token));
                Derive(record, LastCharacters, Tokens.LastCharacters(token));
            }

            Derive(record, HashedRefresh, record[Refresh] is string refresh ? Tokens.Hashed(refresh) : null);
        }
    }

    private bool IsTaken(string? token) => token is not null && _taken.Contains(token);

    private void Take(string? token)
    {
        if (token is not null)
        {
            _taken.Add(token);
        }
    }

    private void Derive(ChunkRecord record, string field, string? value)
    {
        if (_derived.Contains(field))
        {
            record[field] = value;
        }
    }

    private Task MintAsync(ImportSession session, string field, IReadOnlyCollection<ChunkRecord> records, CancellationToken cancellationToken) =>
        FreshValues.SetAsync(
            session,
            Model,
            field,
            records,
            (record, attempt) => $"{(Fields.Contains(Prefix) ? record[Prefix] : null)}{session.Values.Text(Length, Alphabets.Hex, Model, field, record.Key, attempt)}",
            made => !_taken.Add((string)made),
            cancellationToken);
}
