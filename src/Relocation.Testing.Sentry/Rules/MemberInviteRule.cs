namespace Relocation.Testing.Sentry.Rules;

/// <summary>Invitations: a token that is taken is made anew. Sentry writes the record over whose token it is (docs/sentry-import.md, section 13.2).</summary>
internal sealed class MemberInviteRule(ImportSettings settings) : SentryRule(settings)
{
    private const string Token = "token";
    private const int Length = 64;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public override IReadOnlyList<string> Fields { get; } = [Token];

    internal override ModelLabel Model => Labels.OrganizationMemberInvite;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var rows = await chunk.FindRowsAsync([Token], ignoreCase: false, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rows.Count; i++)
        {
            var record = chunk.Records[i];
            if (record[Token] is string token && (rows[i] is not null || !_taken.Add(token)))
            {
                record[Token] = chunk.Session.Values.Text(Length, Alphabets.Hex, Model, Token, record.Key);
            }
        }
    }
}
