using System.Text.Json.Nodes;

namespace Relocation.Testing;

/// <summary>An event to be saved into a project (docs/events.md).</summary>
/// <param name="projectId">The project's key in the database.</param>
/// <param name="data">
/// The event as a client sends it. It is repaired, tagged and described in place, as in Sentry: afterwards it is what was stored.
/// </param>
public sealed class EventInput(long projectId, JsonObject data)
{
    /// <summary>The project's key in the database.</summary>
    public long ProjectId { get; } = projectId;

    /// <summary>The event; saving changes it.</summary>
    public JsonObject Data { get; } = data ?? throw new ArgumentNullException(nameof(data));

    /// <summary>The event's attachments. Transactions and generic events ignore them. Default: none.</summary>
    public IReadOnlyList<EventAttachment> Attachments { get; init; } = [];
}
