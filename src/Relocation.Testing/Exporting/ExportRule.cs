namespace Relocation.Testing;

/// <summary>Decides which records of some models are exported, where a filter on their own fields does not say it.</summary>
/// <remarks>A rule keeps nothing between exports: what it knows of one is in the function that <see cref="BeginAsync"/> gives.</remarks>
public abstract class ExportRule
{
    /// <summary>The models that the rule decides about.</summary>
    public abstract IReadOnlyList<ModelLabel> Models { get; }

    /// <summary>Called before the first record of a model; those of models before it in the plan are decided by then.</summary>
    /// <param name="session">The export: what it exports so far, and the rows of any model.</param>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    /// <returns>
    /// What decides about each of the model's records: null takes it, a few words without values of records leave it out and are what
    /// the result says. Null in place of the function takes all.
    /// </returns>
    public abstract ValueTask<Func<SelectedRecord, string?>?> BeginAsync(
        ExportSession session, ModelLabel model, CancellationToken cancellationToken);
}
