using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>
/// Mends the timestamps of an event: one that lies too far from its receipt is moved to it, and all others with it, so that they keep their distances
/// (docs/events.md, What is repaired).
/// </summary>
internal static class TimestampRules
{
    private const long FurthestAhead = 60 * Moment.Second;
    private const long FurthestBack = 30L * 24 * 60 * 60 * Moment.Second;

    /// <exception cref="EventRefusedException">The event begins before 1970 although it was mended.</exception>
    internal static void Apply(JsonObject data, EventReceipt receipt, EventErrors errors)
    {
        var received = Moment.Of(receipt.Received);
        var sent = Settle(data, "timestamp", 0, "timestamp", errors);
        var drift = 0L;
        if (sent is { } moment && (moment > received + FurthestAhead || moment < received - FurthestBack))
        {
            drift = received - moment;
            var kind = drift < 0 ? EventErrors.FutureTimestamp : EventErrors.PastTimestamp;
            var value = data["timestamp"];
            data["timestamp"] = Moment.Write(received);
            var entry = errors.Add(kind, "timestamp", value);
            entry["sdk_time"] = Moment.Show(moment);
            entry["server_time"] = Moment.Show(received);
        }
        else if (sent is null)
        {
            data["timestamp"] = Moment.Write(received);
        }

        data["received"] = Moment.Write(received);
        if (Settle(data, "start_timestamp", drift, "start_timestamp", errors) < 0)
        {
            throw Errors.BeforeEpoch("/start_timestamp");
        }

        ApplyToSpans(data, drift, errors);
        BreadcrumbRules.Apply(data, drift, errors);
    }

    /// <summary>Reads a timestamp, moves it, and writes it as a number. What is none becomes null and is noted.</summary>
    /// <returns>The moment, moved, or null.</returns>
    internal static long? Settle(JsonObject owner, string key, long drift, EventPath name, EventErrors errors)
    {
        if (!owner.TryGetPropertyValue(key, out var node) || node is null)
        {
            return null;
        }

        if (Moment.Read(node) is not { } moment)
        {
            errors.Clear(owner, key, EventErrors.InvalidData, name);
            return null;
        }

        if (drift != 0 || Payload.Number(node) is null)
        {
            owner[key] = Moment.Write(moment + drift);
        }

        return moment + drift;
    }

    private static void ApplyToSpans(JsonObject data, long drift, EventErrors errors)
    {
        if (!data.TryGetPropertyValue("spans", out var node) || node is null)
        {
            return;
        }

        if (node is not JsonArray spans)
        {
            errors.Drop(data, "spans", EventErrors.InvalidData, "spans");
            return;
        }

        for (var i = 0; i < spans.Count; i++)
        {
            if (spans[i] is not JsonObject span)
            {
                if (spans[i] is not null)
                {
                    errors.Clear(spans, i, EventErrors.InvalidData, new EventPath("spans", i));
                }

                continue;
            }

            var start = Settle(span, "start_timestamp", drift, new EventPath("spans", i, "start_timestamp"), errors);
            var end = Settle(span, "timestamp", drift, new EventPath("spans", i, "timestamp"), errors);
            if (start < 0 || end < 0)
            {
                spans.RemoveAt(i);
                errors.Add(EventErrors.InvalidData, new EventPath("spans", i), span);
                i--;
            }
        }
    }
}
