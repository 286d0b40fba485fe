using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>
/// Mends stack traces: frames are objects, a file has a name and a path, and names have a length (docs/events.md, What is repaired).
/// </summary>
internal static class StackTraceRules
{
    private const int LongestPath = 256;
    private const int PathAllowance = 40;
    private const int LongestSymbol = 256;
    private const int SymbolAllowance = 20;

    /// <summary>Mends the stack trace of an event, an exception or a thread.</summary>
    internal static void Apply(JsonObject owner, EventPath path, EventErrors errors)
    {
        if (!owner.TryGetPropertyValue("stacktrace", out var node) || node is null)
        {
            return;
        }

        if (node is not JsonObject trace)
        {
            errors.Drop(owner, "stacktrace", EventErrors.InvalidData, path);
            return;
        }

        if (Payload.List(trace, "frames") is not { } frames)
        {
            if (Payload.Has(trace, "frames"))
            {
                errors.Drop(trace, "frames", EventErrors.InvalidData, $"{path}.frames");
            }

            return;
        }

        for (var i = 0; i < frames.Count; i++)
        {
            if (frames[i] is JsonObject frame)
            {
                ApplyToFrame(frame);
            }
            else if (frames[i] is not null)
            {
                errors.Clear(frames, i, EventErrors.InvalidData, new EventPath($"{path}.frames", i));
            }
        }
    }

    /// <summary>Cuts a symbol: a function's name, or a type's.</summary>
    internal static void CutSymbol(JsonObject owner, string key) => Payload.Cut(owner, key, LongestSymbol, SymbolAllowance);

    private static void ApplyToFrame(JsonObject frame)
    {
        CutSymbol(frame, "function");
        CutSymbol(frame, "module");
        Payload.Cut(frame, "filename", LongestPath, PathAllowance);
        Payload.Cut(frame, "abs_path", LongestPath, PathAllowance);
    }
}
