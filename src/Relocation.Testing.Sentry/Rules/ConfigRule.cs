namespace Relocation.Testing.Sentry.Rules;

/// <summary>What configures the instance: a row that is there stays, or is written over where that is asked for.</summary>
internal sealed class ConfigRule(ImportSettings settings, ModelLabel model, string[] unique) : SentryRule(settings)
{
    private readonly FirstOfEach<string> _first = new();

    public override IReadOnlyList<string> Fields => unique;

    internal override ModelLabel Model => model;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var rows = await chunk.FindRowsAsync(unique, ignoreCase: false, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rows.Count; i++)
        {
            var record = chunk.Records[i];
            if (_first.MapToEarlier(record, string.Join('\n', unique.Select(field => record[field]))) || rows[i] is not { } row)
            {
                continue;
            }

            if (Settings.Flags.OverwriteConfigs)
            {
                record.Overwrite(row);
            }
            else
            {
                record.MapTo(row);
            }
        }
    }
}
