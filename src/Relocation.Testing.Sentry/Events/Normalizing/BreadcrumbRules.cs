using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>
/// Mends breadcrumbs: an object with <c>values</c>, each with type and level; those before 1970 are dropped (docs/events.md, What is
/// repaired).
/// </summary>
internal static class BreadcrumbRules
{
    private const string Key = "breadcrumbs";
    private const string Values = "breadcrumbs.values";

    /// <param name="data">The payload.</param>
    /// <param name="drift">What timestamps are moved by, in microseconds.</param>
    /// <param name="errors">What is wrong.</param>
    internal static void Apply(JsonObject data, long drift, EventErrors errors)
    {
        if (ListForms.Settle(data, Key, allowSingle: false, errors) is not { } crumbs)
        {
            return;
        }

        for (var i = 0; i < crumbs.Count; i++)
        {
            if (crumbs[i] is not JsonObject crumb)
            {
                if (crumbs[i] is not null)
                {
                    errors.Clear(crumbs, i, EventErrors.InvalidData, new EventPath(Values, i));
                }

                continue;
            }

            if (TimestampRules.Settle(crumb, "timestamp", drift, new EventPath(Values, i, "timestamp"), errors) < 0)
            {
                crumbs.RemoveAt(i);
                errors.Add(EventErrors.InvalidData, new EventPath(Values, i), crumb);
                i--;
                continue;
            }

            LevelRule.Apply(crumb, "info", new EventPath(Values, i, "level"), errors);
            if (Payload.Text(crumb, "type") is not { Length: > 0 })
            {
                crumb["type"] = "default";
            }
        }
    }
}
