using System.Text.Json.Nodes;

namespace Relocation.Testing;

/// <summary>An event to be saved into a project (docs/events.md).</summary>
/// <param name="projectId">The project's key in the database.</param>
/// <param name="data">
/// The event as a client sends it. It is repaired, tagged and described in place, as Sentry does: what is there afterwards is what was stored.
/// </param>
public sealed class EventInput(long projectId, JsonObject data)
{
    /// <summary>The project's key in the database.</summary>
    public long ProjectId { get; } = projectId;

    /// <summary>The event; saving changes it.</summary>
    public JsonObject Data { get; } = data ?? throw new ArgumentNullException(nameof(data));

    /// <summary>What belongs to the event besides. Transactions and generic events ignore it. Default: nothing.</summary>
    public IReadOnlyList<EventAttachment> Attachments { get; init; } = [];
}
