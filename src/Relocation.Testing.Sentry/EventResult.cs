using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing;

/// <summary>What became of one event. Its siblings of the same call have results of their own.</summary>
public sealed class EventResult
{
    internal EventResult(EventJob job, EventGroupInfo? group)
    {
        Outcome = job.Outcome;
        ProjectId = job.Project.Id;
        EventId = job.EventId;
        Type = job.Type;
        Data = job.Data;
        Reason = job.Reason;
        TombstoneId = job.TombstoneId;
        Group = group;
    }

    /// <summary>What became of it.</summary>
    public EventOutcome Outcome { get; }

    /// <summary>The project's key.</summary>
    public long ProjectId { get; }

    /// <summary>The event's id: 32 hexadecimal digits, its own or made.</summary>
    public string EventId { get; }

    /// <summary>The event's type after normalising, for example <c>error</c> or <c>transaction</c>.</summary>
    public string Type { get; }

    /// <summary>The payload: as it was stored, or as far as it came.</summary>
    public JsonObject Data { get; }

    /// <summary>
    /// Why it was not stored: <c>discard</c> where a tombstone is in the way, a sentence where it failed; null where it was saved or not grouped.
    /// </summary>
    public string? Reason { get; }

    /// <summary>The tombstone that is in the way, or null.</summary>
    public long? TombstoneId { get; }

    /// <summary>The group; null for transactions, generic events, and what was not stored.</summary>
    public EventGroupInfo? Group { get; }

    /// <summary>What normalising repaired or dropped: entries with <c>type</c>, <c>name</c> and <c>value</c>.</summary>
    public IEnumerable<JsonObject> Errors => (Data["errors"] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The event's id and what became of it.</summary>
    public override string ToString() => $"{EventId}: {Outcome}";
}
