using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>Levels: five names, two more that stand for some of them, and five numbers (docs/events.md, What is repaired).</summary>
internal static class LevelRule
{
    /// <summary>Writes the name of a level. What is none is noted, and what is none or missing becomes the default.</summary>
    internal static void Apply(JsonObject owner, string fallback, EventPath name, EventErrors errors)
    {
        owner.TryGetPropertyValue("level", out var node);
        var given = node is null ? null : Payload.Text(node);
        var level = given is null ? OfNumber(Payload.Number(node)) : OfName(given);
        if (level is not null && level == given)
        {
            return;
        }

        owner["level"] = level ?? fallback;
        if (level is null && node is not null)
        {
            errors.Add(EventErrors.InvalidData, name, node);
        }
    }

    private static string? OfName(string name) => name switch
    {
        "debug" or "info" or "warning" or "error" or "fatal" => name,
        "log" => "info",
        "critical" => "fatal",
        _ => null,
    };

    private static string? OfNumber(double? number) => number switch
    {
        10 => "debug",
        20 => "info",
        30 => "warning",
        40 => "error",
        50 => "fatal",
        _ => null,
    };
}
