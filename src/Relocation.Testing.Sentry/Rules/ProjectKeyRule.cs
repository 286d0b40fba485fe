namespace Relocation.Testing.Sentry.Rules;

/// <summary>Keys of projects: each survives; a missing or taken part is replaced.</summary>
internal sealed class ProjectKeyRule(ImportSettings settings) : SentryRule(settings)
{
    internal const int Length = 32;

    private static readonly string[] Parts = ["public_key", "secret_key"];

    private readonly HashSet<(string Part, string Key)> _taken = [];

    public override IReadOnlyList<string> Fields => Parts;

    internal override ModelLabel Model => Labels.ProjectKey;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var part in Parts)
        {
            var rows = await chunk.FindRowsAsync([part], ignoreCase: false, cancellationToken).ConfigureAwait(false);
            var open = chunk.Records.Where((record, index) =>
                rows[index] is not null || record[part] is not string { Length: > 0 } key || !_taken.Add((part, key))).ToList();
            await FreshValues.SetAsync(
                chunk.Session,
                Model,
                part,
                open,
                (record, attempt) => chunk.Session.Values.Text(Length, Alphabets.Hex, Model, part, record.Key, attempt),
                made => !_taken.Add((part, (string)made)),
                cancellationToken).ConfigureAwait(false);
        }
    }
}
