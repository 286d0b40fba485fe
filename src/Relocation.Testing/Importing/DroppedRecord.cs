namespace Relocation.Testing;

/// <summary>A record that was not written, and why.</summary>
/// <param name="Place">Where the record stands.</param>
/// <param name="Causes">
/// The chain of causes: the reference that leads nowhere and, where its target was dropped itself, that record's cause, and so on.
/// </param>
public sealed record DroppedRecord(RecordPlace Place, IReadOnlyList<DropCause> Causes);
