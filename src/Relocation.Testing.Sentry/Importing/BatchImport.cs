using System.Data.Common;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>Imports one batch of one model in a transaction of its own, unless it was imported before.</summary>
internal sealed class BatchImport(
    SentryImportOptions options, RelocationModel model, DatabaseEngine engine, IReadOnlyDictionary<ModelLabel, bool> isControl)
{
    internal async Task<SentryBatchResult> RunAsync(DbConnection connection, SentryModelBatch batch, CancellationToken cancellationToken)
    {
        if (Refusal(batch) is { } refusal)
        {
            return new SentryBatchResult(refusal);
        }

        var label = ModelLabel.Parse(batch.Model);
        var importUuid = batch.ImportUuid!.Value;
        var table = isControl[label] ? "sentry_controlimportchunk" : "sentry_regionimportchunk";
        if (await FindAsync().ConfigureAwait(false) is { } stored)
        {
            return stored;
        }

        try
        {
            return await ImportAsync(connection, batch, label, importUuid, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Refusals.Of(exception) is { Count: > 0 } errors)
        {
            // Another import of the same batch may have come first; then its result counts.
            return errors[0].Kind == SentryImportErrorKind.IntegrityError && await FindAsync().ConfigureAwait(false) is { } others
                ? others
                : new SentryBatchResult(OnBatch(errors[0], label, batch));
        }

        Task<SentryBatchResult?> FindAsync() =>
            StoredBatch.FindAsync(connection, table, importUuid, label, batch.MinOrdinal, cancellationToken);
    }

    /// <summary>What is wrong with the batch itself, in Sentry's order of checks.</summary>
    private SentryImportError? Refusal(SentryModelBatch batch)
    {
        if (batch.MinOrdinal < 1)
        {
            return Error(SentryImportErrorKind.InvalidMinOrdinal, Errors.InvalidMinOrdinal(batch.MinOrdinal));
        }

        if (!ModelLabel.TryParse(batch.Model, out var label) || !isControl.TryGetValue(label, out var control))
        {
            return Error(SentryImportErrorKind.UnknownModel, Errors.UnknownModel(batch.Model, model.Name));
        }

        if (options.Silo != SentrySilo.Monolith && control != (options.Silo == SentrySilo.Control))
        {
            return Error(SentryImportErrorKind.IncorrectSiloModeForModel, Errors.WrongSilo(batch.Model, options.Silo));
        }

        if (batch.Scope is null)
        {
            return Error(SentryImportErrorKind.UnspecifiedScope, Errors.NoScope());
        }

        return batch.ImportUuid is null ? Error(SentryImportErrorKind.MissingImportUUID, Errors.NoImportUuid()) : null;

        SentryImportError Error(SentryImportErrorKind kind, string reason) => new()
        {
            Kind = kind,
            On = ModelLabel.TryParse(batch.Model, out var known) ? new InstanceId(known, null) : null,
            Reason = reason,
        };
    }

    private async Task<SentryBatchResult> ImportAsync(
        DbConnection connection, SentryModelBatch batch, ModelLabel label, Guid importUuid, CancellationToken cancellationToken)
    {
        var settings = new ImportSettings(batch.Scope!, options, model);
        var steps = new BatchSteps(settings, label, importUuid, batch.MinOrdinal, isControl);
        var importOptions = SentryRules.OptionsOf(model, settings, steps, batch.KnownKeys, DriftPolicy.Refuse, isBatch: true);
        var importer = new BackupImporter(model, engine, importOptions);
        var result = await importer.ImportAsync(connection, batch.Records, cancellationToken).ConfigureAwait(false);
        return result.Map.Count == 0
            ? new SentryBatchResult(PrimaryKeyMap.From([]), null, null)
            : new SentryBatchResult(result.Map, batch.MinOrdinal, batch.MinOrdinal + steps.Count - 1) { ClearedKeys = settings.Cleared.All };
    }

    /// <summary>The error with the record's position in the whole backup; an unknown model is reported as another than the batch's.</summary>
    private static SentryImportError OnBatch(SentryImportError error, ModelLabel label, SentryModelBatch batch) => error with
    {
        Kind = error.Kind == SentryImportErrorKind.UnknownModel ? SentryImportErrorKind.UnexpectedModel : error.Kind,
        On = new InstanceId(error.On?.Model ?? label, error.On?.Ordinal + batch.MinOrdinal - 1),
    };
}
