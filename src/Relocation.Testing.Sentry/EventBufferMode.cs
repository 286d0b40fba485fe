namespace Relocation.Testing;

/// <summary>When counters and last sightings of groups reach the database (docs/events.md).</summary>
public enum EventBufferMode
{
    /// <summary>With the event, in its transaction.</summary>
    Immediate,

    /// <summary>
    /// When <see cref="EventWriter.FlushBuffersAsync"/> is called, added up: later events see the rows as they were. Only what was committed by then
    /// counts where the writer has its own transactions.
    /// </summary>
    Deferred,
}
