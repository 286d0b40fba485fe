using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>
/// How the type of an event is found: three kinds say it themselves, all others show it by what they hold (docs/events.md, What is repaired).
/// </summary>
internal static class EventTypeRule
{
    internal const string Transaction = "transaction";

    private static readonly string[] Reports = ["csp", "hpkp", "expectct", "expectstaple"];

    /// <summary>The type; exceptions are those that were mended.</summary>
    internal static string Of(JsonObject data)
    {
        if (Payload.Text(data, "type") is Transaction or "generic" or "feedback")
        {
            return Payload.Text(data, "type")!;
        }

        if (Payload.Values(data, "exception") is { Count: > 0 })
        {
            return "error";
        }

        foreach (var report in Reports)
        {
            if (Payload.Has(data, report))
            {
                return report;
            }
        }

        return Payload.Object(Payload.Object(data, "contexts"), "nel") is not null ? "nel" : "default";
    }

    internal static bool IsSecurityReport(JsonObject data)
    {
        foreach (var report in Reports)
        {
            if (Payload.Has(data, report))
            {
                return true;
            }
        }

        return false;
    }
}
