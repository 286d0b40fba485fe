using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>Mends exceptions: an object with <c>values</c>, each with a type or a value (docs/events.md, What is repaired).</summary>
internal static class ExceptionRules
{
    private const int LongestValue = 1024;
    private const int ValueAllowance = 100;
    private const string Key = "exception";
    private const string Values = "exception.values";

    internal static void Apply(JsonObject data, EventErrors errors)
    {
        StackTraceRules.Apply(data, "stacktrace", errors);
        if (ListForms.Settle(data, "threads", allowSingle: false, errors) is { } threads)
        {
            for (var i = 0; i < threads.Count; i++)
            {
                if (threads[i] is JsonObject thread)
                {
                    StackTraceRules.Apply(thread, new EventPath("threads.values", i, "stacktrace"), errors);
                }
            }
        }

        if (ListForms.Settle(data, Key, allowSingle: true, errors) is not { } exceptions)
        {
            return;
        }

        for (var i = 0; i < exceptions.Count; i++)
        {
            if (exceptions[i] is JsonObject exception)
            {
                ApplyToOne(exceptions, exception, i, errors);
            }
            else if (exceptions[i] is not null)
            {
                errors.Clear(exceptions, i, EventErrors.InvalidData, new EventPath(Values, i));
            }
        }

        if (exceptions.Count == 1 && exceptions[0] is JsonObject only && Payload.Object(data, "stacktrace") is { } trace)
        {
            data.Remove("stacktrace");
            only["stacktrace"] = trace;
        }
    }

    private static void ApplyToOne(JsonArray exceptions, JsonObject exception, int index, EventErrors errors)
    {
        var type = Settle(exception, "type");
        var value = Settle(exception, "value");
        if (string.IsNullOrEmpty(type) && value is not null && WordBeforeColon(value) is var word and > 0)
        {
            type = value[..word];
            value = value[(word + 1)..].Trim();
            exception["type"] = type;
            exception["value"] = value;
        }

        if (string.IsNullOrEmpty(type) && string.IsNullOrEmpty(value))
        {
            errors.Clear(exceptions, index, EventErrors.MissingAttribute, new EventPath(Values, index));
            return;
        }

        StackTraceRules.CutSymbol(exception, "type");
        StackTraceRules.CutSymbol(exception, "module");
        Payload.Cut(exception, "value", LongestValue, ValueAllowance);
        StackTraceRules.Apply(exception, new EventPath(Values, index, "stacktrace"), errors);
    }

    /// <summary>A text; what is none is written as JSON.</summary>
    private static string? Settle(JsonObject exception, string key)
    {
        if (!exception.TryGetPropertyValue(key, out var node) || node is null)
        {
            return null;
        }

        if (node.GetValueKind() == JsonValueKind.String)
        {
            return Payload.Text(node);
        }

        var text = node.ToJsonString();
        exception[key] = text;
        return text;
    }

    /// <summary>How long the word is that a text begins with, up to a colon; 0 where there is none.</summary>
    private static int WordBeforeColon(string value)
    {
        var end = 0;
        while (end < value.Length && (char.IsLetterOrDigit(value[end]) || value[end] == '_'))
        {
            end++;
        }

        return end < value.Length && value[end] == ':' ? end : 0;
    }
}
