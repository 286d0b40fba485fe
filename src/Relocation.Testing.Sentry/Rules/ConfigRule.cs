namespace Relocation.Testing.Sentry.Rules;

/// <summary>
/// The instance's configuration: an existing row stays, or is overwritten if that is requested, in which case the last record counts.
/// </summary>
internal sealed class ConfigRule(ImportSettings settings, ModelLabel model, string[] unique) : SentryRule(settings)
{
    private readonly FirstOfEach<string> _first = new();
    private readonly LastOfEach<string> _last = new();

    public override IReadOnlyList<string> Fields => unique;

    internal override ModelLabel Model => model;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var rows = await chunk.FindRowsAsync(unique, ignoreCase: false, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rows.Count; i++)
        {
            var record = chunk.Records[i];
            var value = string.Join('\n', unique.Select(field => record[field]));
            if (Settings.Flags.OverwriteConfigs)
            {
                _last.Write(record, value, rows[i]);
            }
            else if (!_first.MapToEarlier(record, value) && rows[i] is { } row)
            {
                record.MapTo(row);
            }
        }
    }
}
