using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>What a transaction must have, and what it gets (docs/events.md, What is repaired).</summary>
internal static class TransactionRules
{
    private const string Unnamed = "<unlabeled transaction>";

    /// <exception cref="EventRefusedException">The transaction lacks what every one has.</exception>
    internal static void Apply(JsonObject data, EventErrors errors)
    {
        var end = Moment.Read(data["timestamp"])!.Value;
        var start = Moment.Read(data["start_timestamp"]) ?? throw Errors.TransactionLacks("start_timestamp", "/start_timestamp");
        if (end < start)
        {
            throw Errors.EndsBeforeStart("transaction", "/timestamp");
        }

        var trace = Payload.Object(Payload.Object(data, "contexts"), "trace") ?? throw Errors.TransactionLacks("contexts.trace", "/contexts/trace");
        Require(trace, "trace_id", "/contexts/trace/trace_id");
        Require(trace, "span_id", "/contexts/trace/span_id");
        SetDefaultOp(trace);
        if (Payload.List(data, "spans") is { } spans)
        {
            for (var i = 0; i < spans.Count; i++)
            {
                ApplyToSpan(spans[i] as JsonObject ?? throw Errors.SpanLacks(null, i), i);
            }
        }

        if (Payload.Text(data, "transaction") is not { Length: > 0 })
        {
            if (Payload.Has(data, "transaction") && Payload.Text(data["transaction"]) is null)
            {
                errors.Clear(data, "transaction", EventErrors.InvalidData, "transaction");
            }

            data["transaction"] = Unnamed;
        }
    }

    private static void ApplyToSpan(JsonObject span, int index)
    {
        var start = Moment.Read(span["start_timestamp"]) ?? throw Errors.SpanLacks("start_timestamp", index);
        var end = Moment.Read(span["timestamp"]) ?? throw Errors.SpanLacks("timestamp", index);
        if (end < start)
        {
            throw Errors.EndsBeforeStart("span", $"/spans/{index}/timestamp");
        }

        if (!IsText(span, "trace_id") || !IsText(span, "span_id"))
        {
            throw Errors.SpanLacks(IsText(span, "trace_id") ? "span_id" : "trace_id", index);
        }

        SetDefaultOp(span);
    }

    private static void SetDefaultOp(JsonObject owner)
    {
        if (!IsText(owner, "op"))
        {
            owner["op"] = "default";
        }
    }

    private static void Require(JsonObject owner, string key, string pointer)
    {
        if (!IsText(owner, key))
        {
            throw Errors.TransactionLacks($"contexts.trace.{key}", pointer);
        }
    }

    private static bool IsText(JsonObject owner, string key) => Payload.Text(owner, key) is { Length: > 0 };
}
