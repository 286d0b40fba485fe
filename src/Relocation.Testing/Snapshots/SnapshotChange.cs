using Relocation.Testing.Keys;

namespace Relocation.Testing.Snapshots;

/// <summary>One record that two pk maps hold differently, other than by a new key that only moved.</summary>
internal sealed class SnapshotChange
{
    internal SnapshotChange(
        KeyMapping? approved,
        KeyMapping? received,
        IReadOnlyList<MappedReference> approvedReferences,
        IReadOnlyList<MappedReference> receivedReferences)
    {
        Approved = approved;
        Received = received;
        ApprovedReferences = approvedReferences;
        ReceivedReferences = receivedReferences;
    }

    /// <summary>The record in the approved map, or null when it was added.</summary>
    public KeyMapping? Approved { get; }

    /// <summary>The record in the received map, or null when it was removed.</summary>
    public KeyMapping? Received { get; }

    /// <summary>
    /// The record's references in the approved map, where it keeps them, and how its unique fields were chosen; of these the target is
    /// empty and the key is the word that the snapshot shows.
    /// </summary>
    public IReadOnlyList<MappedReference> ApprovedReferences { get; }

    /// <summary>The same in the received map.</summary>
    public IReadOnlyList<MappedReference> ReceivedReferences { get; }

    /// <summary>The change in one line, in the words of a snapshot.</summary>
    public override string ToString() => SnapshotDiffText.Line(this);
}
