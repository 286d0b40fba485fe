using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing;

/// <summary>The result of saving one event. Other events of the same call have results of their own.</summary>
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

    /// <summary>The outcome.</summary>
    public EventOutcome Outcome { get; }

    /// <summary>The project's key.</summary>
    public long ProjectId { get; }

    /// <summary>The event's id: 32 hexadecimal digits, its own or generated.</summary>
    public string EventId { get; }

    /// <summary>The event's type after normalising, for example <c>error</c> or <c>transaction</c>.</summary>
    public string Type { get; }

    /// <summary>The payload, as stored or as far as it was processed.</summary>
    public JsonObject Data { get; }

    /// <summary>Why it was not stored: <c>discard</c> for a tombstone, a sentence for a failure; null if it was saved or not grouped.</summary>
    public string? Reason { get; }

    /// <summary>The tombstone that discarded it, or null.</summary>
    public long? TombstoneId { get; }

    /// <summary>The group; null for transactions, generic events, and events that were not stored.</summary>
    public EventGroupInfo? Group { get; }

    /// <summary>What normalising repaired or dropped: entries with <c>type</c>, <c>name</c> and <c>value</c>.</summary>
    public IEnumerable<JsonObject> Errors => (Data["errors"] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The event's id and outcome.</summary>
    public override string ToString() => $"{EventId}: {Outcome}";
}
