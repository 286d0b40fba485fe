namespace Relocation.Testing.Sentry.Rules;

/// <summary>What configures the instance: a row that is there stays, or is written over where that is asked for.</summary>
internal sealed class ConfigRule(ImportSettings settings, ModelLabel model, string[] unique) : SentryRule(settings)
{
    public override IReadOnlyList<string> Fields => unique;

    internal override ModelLabel Model => model;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var rows = await chunk.FindRowsAsync(unique, ignoreCase: false, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is not { } row)
            {
                continue;
            }

            if (Settings.Flags.OverwriteConfigs)
            {
                chunk.Records[i].Overwrite(row);
            }
            else
            {
                chunk.Records[i].MapTo(row);
            }
        }
    }
}
