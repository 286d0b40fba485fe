using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Grouping;

/// <summary>
/// What stands for the default in a fingerprint. It is this library's own: the types of the exceptions and the module and function of their frames in the
/// application; then the same with all frames; else the message; else nothing.
/// </summary>
internal static class DefaultVariants
{
    /// <summary>The values of each variant that says something, the system's last.</summary>
    internal static List<List<string>> Of(JsonObject data)
    {
        var variants = new List<List<string>>(2);
        if (CrashFrame.LastException(data) is not null)
        {
            AddExceptions(variants, Payload.Values(data, "exception")!);
        }
        else if (CrashFrame.FramesIn(data) is { } frames)
        {
            AddTrace(variants, frames);
        }

        if (variants.Count == 0 && Message(data) is { Length: > 0 } message)
        {
            variants.Add([message]);
        }

        return variants;
    }

    private static void AddExceptions(List<List<string>> variants, JsonArray exceptions)
    {
        var (application, system) = (new List<string>(), new List<string>());
        var (hasFrames, isInApplication) = (false, false);
        foreach (var node in exceptions)
        {
            if (node is not JsonObject exception)
            {
                continue;
            }

            if (Payload.Text(exception, "type") is { Length: > 0 } type)
            {
                application.Add(type);
                system.Add(type);
            }

            if (CrashFrame.FramesIn(exception) is { } frames)
            {
                hasFrames = true;
                isInApplication |= AddFrames(frames, application, system);
            }
        }

        // Without a frame in the application, its variant would throw together all that have the types in common.
        Add(variants, isInApplication || !hasFrames ? application : []);
        Add(variants, hasFrames ? system : []);
    }

    private static void AddTrace(List<List<string>> variants, JsonArray frames)
    {
        var (application, system) = (new List<string>(), new List<string>());
        Add(variants, AddFrames(frames, application, system) ? application : []);
        Add(variants, system);
    }

    /// <returns>Whether a frame is in the application.</returns>
    private static bool AddFrames(JsonArray frames, List<string> application, List<string> system)
    {
        var isInApplication = false;
        foreach (var node in frames)
        {
            if (node is not JsonObject frame)
            {
                continue;
            }

            var module = Payload.Text(frame, "module") ?? Payload.Text(frame, "filename") ?? string.Empty;
            var function = Payload.Text(frame, "function") ?? string.Empty;
            system.Add(module);
            system.Add(function);
            if (CrashFrame.IsInApplication(frame))
            {
                isInApplication = true;
                application.Add(module);
                application.Add(function);
            }
        }

        return isInApplication;
    }

    private static void Add(List<List<string>> variants, List<string> variant)
    {
        if (variant.Count > 0)
        {
            variants.Add(variant);
        }
    }

    /// <summary>The message as it was before its parameters were filled in, where it has any: they differ from event to event.</summary>
    private static string? Message(JsonObject data)
    {
        var entry = Payload.Object(data, "logentry");
        return Payload.Text(entry, "message") is { Length: > 0 } message ? message : Payload.Text(entry, "formatted");
    }
}
