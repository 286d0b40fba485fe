namespace Relocation.Testing.Sentry.Rules;

/// <summary>Addresses: one row each, regardless of case. An existing row keeps its date.</summary>
internal sealed class EmailRule(ImportSettings settings) : SentryRule(settings)
{
    private readonly FirstOfEach<string> _first = new(StringComparer.OrdinalIgnoreCase);

    public override IReadOnlyList<string> Fields { get; } = ["email"];

    internal override ModelLabel Model => Labels.Email;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var rows = await chunk.FindRowsAsync(["email"], ignoreCase: true, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is { } row)
            {
                chunk.Records[i].MapTo(row);
            }
            else if (chunk.Records[i]["email"] is string email)
            {
                _first.MapToEarlier(chunk.Records[i], email);
            }
        }
    }
}
