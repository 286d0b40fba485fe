using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Grouping;
using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Spans;

/// <summary>Hashes the spans of a transaction, so that equal ones are found (docs/events.md, Spans).</summary>
internal static class SpanGrouping
{
    /// <summary>The configuration that spans are grouped by.</summary>
    internal const string Configuration = "default:2022-10-27";

    private const int Digits = 16;
    private const string ConfigurationKey = "span_grouping_config";

    /// <summary>Writes <c>hash</c> into the trace context and every span, and <c>span_grouping_config</c> into the payload.</summary>
    /// <param name="data">The payload of a transaction.</param>
    /// <returns>
    /// False when the transaction has no name, no trace context, or a span that is none: then no span has a hash, and the event is saved all the same.
    /// </returns>
    internal static bool Apply(JsonObject data)
    {
        var spans = Payload.List(data, "spans");
        if (Payload.Text(data, "transaction") is not { Length: > 0 } transaction
            || Payload.Object(Payload.Object(data, "contexts"), "trace") is not { } trace || !Payload.Has(trace, "span_id") || !AreSpans(spans))
        {
            Forget(data, spans);
            return false;
        }

        if (IsDone(data, trace, spans))
        {
            return true;
        }

        var hash = new Md5Text();
        hash.Add(transaction);
        trace["hash"] = Hex(hash);
        for (var i = 0; i < (spans?.Count ?? 0); i++)
        {
            var span = (JsonObject)spans![i]!;
            AddValues(span, hash);
            span["hash"] = Hex(hash);
        }

        data[ConfigurationKey] = new JsonObject { ["id"] = Configuration };
        return true;
    }

    private static bool AreSpans(JsonArray? spans)
    {
        for (var i = 0; i < (spans?.Count ?? 0); i++)
        {
            if (spans![i] is not JsonObject span || !Payload.Has(span, "span_id"))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether everything was hashed by the same configuration before.</summary>
    private static bool IsDone(JsonObject data, JsonObject trace, JsonArray? spans)
    {
        if (Payload.Text(Payload.Object(data, ConfigurationKey), "id") != Configuration || !Payload.Has(trace, "hash"))
        {
            return false;
        }

        for (var i = 0; i < (spans?.Count ?? 0); i++)
        {
            if (!Payload.Has((JsonObject)spans![i]!, "hash"))
            {
                return false;
            }
        }

        return true;
    }

    private static void Forget(JsonObject data, JsonArray? spans)
    {
        data.Remove(ConfigurationKey);
        Payload.Object(Payload.Object(data, "contexts"), "trace")?.Remove("hash");
        for (var i = 0; i < (spans?.Count ?? 0); i++)
        {
            (spans![i] as JsonObject)?.Remove("hash");
        }
    }

    private static void AddValues(JsonObject span, Md5Text hash)
    {
        if (Payload.List(span, "fingerprint") is not { Count: > 0 } fingerprint)
        {
            SpanStrategy.Add(span, hash);
            return;
        }

        foreach (var element in fingerprint)
        {
            var value = Payload.Scalar(element) ?? string.Empty;
            if (FingerprintVariable.IsDefault(value))
            {
                SpanStrategy.Add(span, hash);
            }
            else
            {
                hash.Add(value);
            }
        }
    }

    private static string Hex(Md5Text hash) => hash.ToHex()[..Digits];
}
