using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>The attributes that an event may have; others become null and are noted, last of all (docs/events.md, What is repaired).</summary>
internal static class KnownAttributes
{
    /// <summary>Those that events are sent with.</summary>
    private static readonly string[] Sent =
    [
        "breadcrumbs", "breakdowns", "checksum", "client_sdk", "contexts", "csp", "culprit", "debug_meta", "dist", "environment", "errors", "event_id",
        "exception", "expectct", "expectstaple", "extra", "fingerprint", "hpkp", "ingest_path", "key_id", "level", "logentry", "logger", "measurements",
        "message", "modules", "platform", "project", "received", "release", "request", "scraping_attempts", "sdk", "server_name", "site", "spans",
        "stacktrace", "start_timestamp", "tags", "template", "threads", "time_spent", "timestamp", "transaction", "transaction_info", "type", "user",
        "version",
    ];

    /// <summary>Those that saving reads or writes itself: an event that was saved once can be saved again.</summary>
    private static readonly string[] Saved =
    [
        "_dsc", "_meta", "_metrics", "_metrics_summary", "_ref", "_ref_version", "grouping_config", "hashes", "location", "main_exception_id", "metadata",
        "nodestore_insert", "span_grouping_config", "title",
    ];

    private static readonly FrozenSet<string> All = Sent.Concat(Saved).ToFrozenSet(StringComparer.Ordinal);

    internal static void Apply(JsonObject data, EventErrors errors)
    {
        List<string>? unknown = null;
        foreach (var (key, value) in data)
        {
            if (value is not null && !All.Contains(key))
            {
                (unknown ??= []).Add(key);
            }
        }

        foreach (var key in unknown ?? [])
        {
            errors.Clear(data, key, EventErrors.InvalidAttribute, key);
        }
    }
}
