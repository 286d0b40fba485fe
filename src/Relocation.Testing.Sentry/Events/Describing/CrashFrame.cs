using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Describing;

/// <summary>The frame that an event is named after (docs/events.md, Title and culprit).</summary>
internal static class CrashFrame
{
    /// <summary>
    /// The frame, or null: of the last exception, else of the event, else of its only thread; the last one in the application, else the last one. Frames
    /// without a function that has a name are passed over.
    /// </summary>
    internal static JsonObject? Find(JsonObject data)
    {
        if (FramesOf(data) is not { } frames)
        {
            return null;
        }

        JsonObject? fallback = null;
        for (var i = frames.Count - 1; i >= 0; i--)
        {
            if (frames[i] is not JsonObject frame || Payload.Text(frame, "function") is null or "<redacted>" or "<unknown>")
            {
                continue;
            }

            if (IsInApplication(frame))
            {
                return frame;
            }

            fallback ??= frame;
        }

        return fallback;
    }

    /// <summary>Whether a frame says that it is in the application.</summary>
    internal static bool IsInApplication(JsonObject frame) => frame.TryGetPropertyValue("in_app", out var node) && Payload.Truth(node) == true;

    /// <summary>The frames of an exception, a thread or an event, or null when there are none.</summary>
    internal static JsonArray? FramesIn(JsonObject? owner) =>
        Payload.List(Payload.Object(owner, "stacktrace"), "frames") is { Count: > 0 } frames ? frames : null;

    /// <summary>The last exception that is one, or null.</summary>
    internal static JsonObject? LastException(JsonObject data)
    {
        if (Payload.Values(data, "exception") is { } exceptions)
        {
            for (var i = exceptions.Count - 1; i >= 0; i--)
            {
                if (exceptions[i] is JsonObject exception)
                {
                    return exception;
                }
            }
        }

        return null;
    }

    private static JsonArray? FramesOf(JsonObject data) => FramesIn(LastException(data)) ?? FramesIn(data)
        ?? (Payload.Values(data, "threads") is { Count: 1 } threads ? FramesIn(threads[0] as JsonObject) : null);
}
