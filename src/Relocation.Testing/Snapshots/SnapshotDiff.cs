namespace Relocation.Testing.Snapshots;

/// <summary>What two pk maps say differently: changes of meaning, and apart from them the renumbering that follows.</summary>
/// <remarks>
/// A record is known by its model and old key. A new row with another integer or Guid as its key is renumbered; anything
/// else is a change: its kind, a reference's target, the row that an existing record stands for, a key of text.
/// </remarks>
internal sealed class SnapshotDiff
{
    private const int MostListed = 50;

    internal SnapshotDiff(
        IReadOnlyList<string> notes,
        IReadOnlyList<SnapshotChange> added,
        IReadOnlyList<SnapshotChange> removed,
        IReadOnlyList<SnapshotChange> changed,
        IReadOnlyList<Renumbering> renumbered)
    {
        Notes = notes;
        Added = added;
        Removed = removed;
        Changed = changed;
        Renumbered = renumbered;
    }

    /// <summary>Whether the maps say the same; they are equal then.</summary>
    public bool IsEmpty =>
        Notes.Count == 0 && Added.Count == 0 && Removed.Count == 0 && Changed.Count == 0 && Renumbered.Count == 0;

    /// <summary>Differences of the maps as a whole: models that came or went, their order, what the maps show. Whole sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Records that only the received map holds, by model and old key.</summary>
    public IReadOnlyList<SnapshotChange> Added { get; }

    /// <summary>Records that only the approved map holds, by model and old key.</summary>
    public IReadOnlyList<SnapshotChange> Removed { get; }

    /// <summary>Records that both maps hold with different meaning, by model and old key.</summary>
    public IReadOnlyList<SnapshotChange> Changed { get; }

    /// <summary>What only has other new keys, by model.</summary>
    internal IReadOnlyList<Renumbering> Renumbered { get; }

    /// <summary>Compares two pk maps.</summary>
    /// <param name="approved">The map that is right.</param>
    /// <param name="received">The map to hold against it.</param>
    public static SnapshotDiff Between(PrimaryKeyMap approved, PrimaryKeyMap received)
    {
        ArgumentNullException.ThrowIfNull(approved);
        ArgumentNullException.ThrowIfNull(received);
        return new MapComparison(approved, received).Run();
    }

    /// <summary>
    /// The difference as text: a line with the counts, then changes of meaning (at most fifty in a section), then a line for
    /// each model that was renumbered.
    /// </summary>
    public override string ToString() => ToString(MostListed);

    internal string ToString(int mostListed) => SnapshotDiffText.Render(this, mostListed);
}
