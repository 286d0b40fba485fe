namespace Relocation.Testing.Sentry.Rules;

/// <summary>A project's options: one row for each key, with the last value.</summary>
internal sealed class ProjectOptionRule(ImportSettings settings) : SentryRule(settings)
{
    private readonly LastOfEach<(object? Project, string Key)> _last = new();

    public override IReadOnlyList<string> Fields { get; } = ["project", "key"];

    internal override ModelLabel Model => Labels.ProjectOption;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var rows = await chunk.FindRowsAsync(["project", "key"], ignoreCase: false, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rows.Count; i++)
        {
            if (chunk.Records[i] is var record && record["key"] is string key)
            {
                _last.Write(record, (record["project"], key), rows[i]);
            }
        }
    }
}
