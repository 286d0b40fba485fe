namespace Relocation.Testing;

/// <summary>When counters and last sightings of groups reach the database (docs/events.md).</summary>
public enum EventBufferMode
{
    /// <summary>With the event, in its transaction.</summary>
    Immediate,

    /// <summary>
    /// When <see cref="EventWriter.FlushBuffersAsync"/> is called, summed up: until then, later events see the rows unchanged. If the
    /// writer has its own transactions, only what was committed counts.
    /// </summary>
    Deferred,
}
