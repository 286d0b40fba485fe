namespace Relocation.Testing.Sentry.Rules;

/// <summary>
/// Fields that other versions may leave empty: the record takes what Sentry's own conversion gives it, or is left out where nothing fits
/// (docs/sentry-versions.md).
/// </summary>
/// <param name="settings">The import's settings.</param>
/// <param name="missing">The field, and what it takes.</param>
internal sealed class MissingValueRule(ImportSettings settings, MissingValue missing) : SentryRule(settings)
{
    private const int SecretLength = 64;

    public override IReadOnlyList<string> Fields { get; } = [missing.Field];

    internal override ModelLabel Model => missing.Model;

    /// <summary>Whether the version's column has to have a value.</summary>
    internal override bool Fits(RelocationEntity entity) => entity.Fields.Any(field => field.Name == missing.Field && !field.IsNullable);

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in chunk.Records)
        {
            if (record.InBackup(missing.Field) is not null || (!record.Has(missing.Field) && !missing.IsAbsentToo))
            {
                continue;
            }

            switch (missing.Fills)
            {
                case MissingValue.Filling.Value:
                    record[missing.Field] = missing.Value;
                    break;
                case MissingValue.Filling.Secret:
                    record[missing.Field] = chunk.Session.Values.Text(SecretLength, Alphabets.Hex, Model, missing.Field, record.Key);
                    break;
                default:
                    record.Drop($"Its field '{missing.Field}' is null, which '{chunk.Session.Model.Name}' does not take (rule {missing.Rule} of docs/sentry-versions.md).");
                    break;
            }
        }

        return Task.CompletedTask;
    }
}
