namespace Relocation.Testing.Sentry.Rules;

/// <summary>Members: an invitation token that is taken is cleared, with its expiry.</summary>
internal sealed class OrganizationMemberRule(ImportSettings settings) : SentryRule(settings)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public override IReadOnlyList<string> Fields { get; } = ["token"];

    internal override ModelLabel Model => Labels.OrganizationMember;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var rows = await chunk.FindRowsAsync(["token"], ignoreCase: false, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rows.Count; i++)
        {
            if (chunk.Records[i]["token"] is string token && (rows[i] is not null || !_taken.Add(token)))
            {
                chunk.Records[i]["token"] = null;
                chunk.Records[i]["token_expires_at"] = null;
            }
        }
    }
}
