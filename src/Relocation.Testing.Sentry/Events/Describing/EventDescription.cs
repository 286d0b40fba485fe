using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Describing;

/// <summary>What an event is called where it is listed (docs/events.md, Title and culprit).</summary>
/// <param name="Type">The event's type, <c>default</c> where the payload names none.</param>
/// <param name="Metadata">The metadata by type, under what the payload's own says; of nobody yet.</param>
/// <param name="Title">The title, never empty unless the payload says so.</param>
/// <param name="Location">Where it happened: a file, an address, a transaction; or null.</param>
/// <param name="Culprit">The code that is to blame, or empty.</param>
internal sealed record EventDescription(string Type, JsonObject Metadata, string Title, string? Location, string Culprit)
{
    /// <summary>The longest search message, in characters.</summary>
    internal const int LongestMessage = 8192;

    private const string Untitled = "<untitled>";

    /// <summary>Describes an event, which is looked at and not changed.</summary>
    /// <param name="data">The payload.</param>
    /// <exception cref="EventRefusedException">The payload names a type that there is not, which normalising would have mended.</exception>
    internal static EventDescription Describe(JsonObject data)
    {
        var type = !Payload.Has(data, "type") ? "default" : Payload.Text(data, "type") ?? string.Empty;
        var metadata = EventMetadata.Of(data, type);
        if (Payload.Text(data, "title") is { } custom)
        {
            metadata["title"] = custom;
        }

        if (Payload.Object(data, "metadata") is { } own)
        {
            foreach (var (key, value) in own)
            {
                metadata[key] = value?.DeepClone();
            }
        }

        var title = Payload.Text(metadata, "title") ?? EventMetadata.TitleOf(metadata, type) ?? Untitled;
        return new EventDescription(type, metadata, title, EventMetadata.LocationOf(metadata, type), Describing.Culprit.Of(data));
    }

    /// <summary>Writes type, culprit, metadata, title and location into the payload. The metadata belongs to the payload from then on.</summary>
    internal void WriteTo(JsonObject data)
    {
        data["type"] = Type;
        data["culprit"] = Culprit;
        data["metadata"] = Metadata;
        data["title"] = Title;
        data["location"] = Location;
    }

    /// <summary>The text by which the event's group is searched, and which the group keeps as its message.</summary>
    internal string SearchMessage(JsonObject data)
    {
        var entry = Payload.Object(data, "logentry");
        var message = Payload.Text(entry, "formatted") is { Length: > 0 } formatted ? formatted : Payload.Text(entry, "message") ?? string.Empty;
        foreach (var (key, node) in Metadata)
        {
            if (node is null || key == "in_app_frame_mix" || node.GetValueKind() is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number)
            {
                continue;
            }

            message = With(message, Payload.Text(node) ?? node.ToJsonString());
        }

        return TrimmedText.Cut(With(message, Culprit).Trim(), LongestMessage);
    }

    private static string With(string message, string more) =>
        message.Contains(more, StringComparison.Ordinal) ? message : $"{message} {more}";
}
