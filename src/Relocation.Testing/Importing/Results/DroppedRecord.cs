namespace Relocation.Testing;

/// <summary>A record that was not written, and why.</summary>
/// <param name="Place">Where the record stands.</param>
/// <param name="Causes">
/// The chain of causes: the reference that leads nowhere and, where its target was dropped itself, that record's cause, and so on.
/// Empty when a rule dropped the record itself.
/// </param>
public sealed record DroppedRecord(RecordPlace Place, IReadOnlyList<DropCause> Causes)
{
    /// <summary>
    /// What a <see cref="RecordRule"/> said that dropped the record, or the one that the chain of causes ends with; null when no rule
    /// did.
    /// </summary>
    public string? Rule { get; init; }
}
