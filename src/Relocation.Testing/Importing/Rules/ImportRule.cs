namespace Relocation.Testing;

/// <summary>
/// Takes part in an import as a whole: chooses records, runs a step before the first row is written and one after the last. Rules are
/// given with <see cref="ImportOptions.Rules"/>.
/// </summary>
/// <remarks>A rule serves many imports, so it keeps nothing itself; <see cref="ImportSession.State{T}"/> does for one import.</remarks>
public abstract class ImportRule
{
    /// <summary>
    /// Tells rules of this type apart that decide differently, by what they were made with; a resumable import goes on only with rules that
    /// tell the same. Default: null, for rules that have no settings.
    /// </summary>
    public virtual string? Fingerprint => null;

    /// <summary>The fields that <see cref="Choose"/> reads, for each model. Default: none.</summary>
    public virtual IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> Fields => new Dictionary<ModelLabel, IReadOnlyList<string>>();

    /// <summary>
    /// Fields that <see cref="Read"/> is shown as the backup has them, for each label, whether or not the model knows label and field:
    /// for what a backup of another version holds and the model has no more. They are kept for every record. Default: none.
    /// </summary>
    public virtual IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> RawFields => new Dictionary<ModelLabel, IReadOnlyList<string>>();

    /// <summary>Sees a record of <see cref="RawFields"/>, after the first pass over the backup; in the backup's order for each label. Default: does nothing.</summary>
    /// <param name="record">The record.</param>
    public virtual void Read(RawRecord record)
    {
    }

    /// <summary>Leaves records out, after the first pass over the backup and before new keys are given. Default: leaves none out.</summary>
    /// <param name="selection">The records in scope.</param>
    public virtual void Choose(RecordSelection selection)
    {
    }

    /// <summary>
    /// Runs in the import's transaction before anything is looked up or written; what it deletes is no collision, and keys that it
    /// frees are given out again. Default: does nothing.
    /// </summary>
    /// <param name="session">The import.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    public virtual Task BeforeFirstRowAsync(ImportSession session, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Runs instead of <see cref="BeforeFirstRowAsync"/> when an interrupted import goes on (<see cref="ImportOptions.ResumeId"/>): what that
    /// wrote is there, and what it kept in memory has to be found again. Default: does nothing.
    /// </summary>
    /// <param name="session">The import.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    public virtual Task ResumeAsync(ImportSession session, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Runs in the transaction of each chunk of a resumable import after the chunk's rows; not for chunks that were committed before, and not
    /// at all for an import in one transaction. Default: does nothing.
    /// </summary>
    /// <param name="session">The import.</param>
    /// <param name="model">The model whose records the chunk holds.</param>
    /// <param name="firstOrdinal">Which of the model's records is the chunk's first, from 1.</param>
    /// <param name="lastOrdinal">Which is its last.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    public virtual Task AfterChunkAsync(
        ImportSession session, ModelLabel model, int firstOrdinal, int lastOrdinal, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Runs in the import's transaction after the last row, when key counters have been moved and before foreign keys are checked
    /// and the import commits. A key counter of PostgreSQL that a statement of the rule moves stays moved when the import fails, as no
    /// rollback takes it back. Default: does nothing.
    /// </summary>
    /// <param name="session">The import.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    public virtual Task AfterLastRowAsync(ImportSession session, CancellationToken cancellationToken) => Task.CompletedTask;
}
