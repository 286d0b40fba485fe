using Relocation.Testing.Modeling;

namespace Relocation.Testing;

/// <summary>
/// Decides about the records of one model before they are written: keep, drop, map to a row that is there, write over it, change
/// values. Rules are given with <see cref="ModelOptions.Rules"/>.
/// </summary>
/// <remarks>
/// A rule serves many imports, maybe at the same time, so it keeps nothing itself; <see cref="ImportSession.State{T}"/> keeps
/// things for one import. Rules are asked model by model in the order of the plan: what a record refers to has been decided by
/// then, but for references that are cut and those to its own model. A model's rules are asked one after the other, each about the
/// records that are still to be inserted; <see cref="RelocationEntity.OnCollision"/> comes last.
/// </remarks>
public abstract class RecordRule : IModelRule
{
    /// <summary>
    /// The fields that the rule reads, by name; those of references too. Their values are kept from the first pass over the
    /// backup, so each costs memory with every record. Default: none.
    /// </summary>
    public virtual IReadOnlyList<string> Fields => [];

    /// <summary>
    /// Tells rules of this type apart that decide differently, by what they were made with; a resumable import goes on only with rules that
    /// tell the same. Default: null, for rules that have no settings.
    /// </summary>
    public virtual string? Fingerprint => null;

    /// <summary>
    /// Whether the rule is asked when the model's turn comes: the rows of the models before it are in the database then, and with them the
    /// rows that triggers made of them. For rules that adopt such rows. Default: no. It is asked before the import writes its first row, so
    /// what it finds in the database was there before, and what it refuses or drops has cost no row yet.
    /// </summary>
    public virtual bool WaitsForRows => false;

    /// <summary>
    /// Decides about some of the model's records, at most <see cref="ImportOptions.ChunkSize"/> of them, in the order of the
    /// backup. A record about which nothing is said is inserted as it is. The result must not depend on how records are divided
    /// into chunks.
    /// </summary>
    /// <param name="chunk">The records, and ways to look rows up for all of them at once.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    public abstract Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken);
}
