namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>What a reader of the event stream keeps of an event and a day: the latest insert (docs/events.md, Payload and stream).</summary>
internal sealed class StreamRow : BatchRow
{
    /// <summary>How many inserts there were.</summary>
    internal required long Inserts { get; set; }

    /// <summary>The latest insert.</summary>
    internal StreamLogRow? Latest { get; set; }
}
