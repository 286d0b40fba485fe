using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Describing;

/// <summary>The code that is to blame (docs/events.md, Title and culprit).</summary>
internal static class Culprit
{
    private const int Longest = 200;

    /// <summary>The culprit, or empty.</summary>
    internal static string Of(JsonObject data) => TrimmedText.Cut(
        Payload.Text(data, "culprit") is { Length: > 0 } given ? given
        : Payload.Text(data, "transaction") is { Length: > 0 } transaction ? transaction
        : Found(data),
        Longest);

    private static string Found(JsonObject data)
    {
        if (CrashFrame.LastException(data) is { } last && Payload.Truth(Payload.Object(last, "mechanism")?["synthetic"]) == true)
        {
            return string.Empty;
        }

        var frames = LastFrames(data);
        return (frames is null ? null : OfFrames(frames, Payload.Text(data, "platform")))
            ?? OfNetworkError(data)
            ?? Payload.Text(Payload.Object(data, "request"), "url")
            ?? string.Empty;
    }

    /// <summary>The frames of the last exception that has any; of the event where there is no exception.</summary>
    private static JsonArray? LastFrames(JsonObject data)
    {
        if (CrashFrame.LastException(data) is null)
        {
            return CrashFrame.FramesIn(data);
        }

        var exceptions = Payload.Values(data, "exception")!;
        for (var i = exceptions.Count - 1; i >= 0; i--)
        {
            if (CrashFrame.FramesIn(exceptions[i] as JsonObject) is { } frames)
            {
                return frames;
            }
        }

        return null;
    }

    private static string? OfFrames(JsonArray frames, string? platform)
    {
        JsonObject? fallback = null;
        for (var i = frames.Count - 1; i >= 0; i--)
        {
            if (frames[i] is not JsonObject frame || !SaysAnything(frame, platform))
            {
                continue;
            }

            if (CrashFrame.IsInApplication(frame))
            {
                return OfFrame(frame, platform);
            }

            fallback ??= frame;
        }

        return fallback is null ? null : OfFrame(fallback, platform);
    }

    private static bool SaysAnything(JsonObject frame, string? platform) =>
        IsNative(frame, platform) || Payload.Text(frame, "module") is { Length: > 0 } || Payload.Text(frame, "filename") is { Length: > 0 };

    private static string OfFrame(JsonObject frame, string? platform)
    {
        var function = Payload.Text(frame, "function") is { Length: > 0 } named ? named : "?";
        if (IsNative(frame, platform))
        {
            return function;
        }

        var place = Payload.Text(frame, "module") is { Length: > 0 } module ? module : Payload.Text(frame, "filename");
        return PlatformOf(frame, platform) is "javascript" or "node" ? $"{function}({place})" : $"{place} in {function}";
    }

    private static bool IsNative(JsonObject frame, string? platform) => PlatformOf(frame, platform) is "objc" or "cocoa" or "native";

    private static string? PlatformOf(JsonObject frame, string? platform) => Payload.Text(frame, "platform") is { Length: > 0 } own ? own : platform;

    private static string? OfNetworkError(JsonObject data) => Payload.Text(Payload.Object(Payload.Object(data, "contexts"), "nel"), "error_type");
}
