using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>The other work of a batch's import: rows of hooks, and the ledger.</summary>
internal sealed class BatchSteps(
    ImportSettings settings, ModelLabel model, Guid importUuid, int minOrdinal, IReadOnlyDictionary<ModelLabel, bool> isControl) : ImportRule
{
    /// <summary>How many records the batch holds, known once it is imported.</summary>
    internal int Count { get; private set; }

    public override IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> RawFields => settings.Drift.RawFields;

    public override void Read(RawRecord record) => settings.Drift.Read(record);

    public override void Choose(RecordSelection selection) => settings.Drift.Choose(selection);

    public override Task BeforeFirstRowAsync(ImportSession session, CancellationToken cancellationToken)
    {
        var other = session.Model.Entities.FirstOrDefault(entity => entity.Label != model && session.Count(entity.Label) > 0);
        return other is null ? Task.CompletedTask : throw Errors.UnexpectedModel(other.Label, model);
    }

    public override async Task AfterLastRowAsync(ImportSession session, CancellationToken cancellationToken)
    {
        Count = session.Count(model);
        await new HookRows(settings, session).WriteOwnAsync(cancellationToken).ConfigureAwait(false);
        await new Ledger(settings, session, importUuid, isControl).WriteBatchAsync(model, minOrdinal, cancellationToken).ConfigureAwait(false);
    }
}
