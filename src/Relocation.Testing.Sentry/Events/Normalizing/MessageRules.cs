using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>
/// Mends the event's message: <c>logentry</c> with <c>formatted</c>, and <c>message</c> where that is another text (docs/events.md, What is
/// repaired).
/// </summary>
internal static class MessageRules
{
    private const int Longest = 8192;
    private const int Allowance = 200;
    private const string Entry = "logentry";

    internal static void Apply(JsonObject data, EventErrors errors)
    {
        if (EntryOf(data, errors) is not { } entry)
        {
            return;
        }

        var formatted = TextOf(entry, "formatted");
        var message = TextOf(entry, "message");
        if (formatted is null && message is null)
        {
            DropWithoutMessage(data, entry, errors);
            return;
        }

        if (formatted is null && entry.TryGetPropertyValue("params", out var values) && values is not null)
        {
            formatted = FormattedMessage.Make(message!, values);
        }

        if (formatted is null || formatted == message)
        {
            formatted ??= message!;
            message = null;
        }

        if (formatted.Length == 0)
        {
            data.Remove(Entry);
            return;
        }

        Write(entry, "formatted", formatted);
        if (message is null)
        {
            entry.Remove("message");
        }
        else
        {
            Write(entry, "message", message);
        }
    }

    /// <summary>The entry, whether it was sent as one, as text, or as a plain message.</summary>
    private static JsonObject? EntryOf(JsonObject data, EventErrors errors)
    {
        data.TryGetPropertyValue("message", out var plain);
        data.TryGetPropertyValue(Entry, out var sent);
        if (plain is not null)
        {
            data.Remove("message");
        }

        if ((sent ?? plain) is not { } node)
        {
            return null;
        }

        switch (node)
        {
            case JsonObject entry:
                if (entry.Parent is null)
                {
                    data[Entry] = entry;
                }

                return entry;
            case JsonArray:
                data.Remove(Entry);
                errors.Add(EventErrors.InvalidData, sent is null ? "message" : Entry, node);
                return null;
            default:
                data[Entry] = null;
                var made = new JsonObject { ["formatted"] = node };
                data[Entry] = made;
                return made;
        }
    }

    /// <summary>A text; what is none is shown as JSON.</summary>
    private static string? TextOf(JsonObject entry, string key) => !entry.TryGetPropertyValue(key, out var node) || node is null ? null
        : node.GetValueKind() == JsonValueKind.String ? Payload.Text(node)
        : node.ToJsonString();

    private static void DropWithoutMessage(JsonObject data, JsonObject entry, EventErrors errors)
    {
        var isEmpty = true;
        foreach (var (_, value) in entry)
        {
            isEmpty &= value is null;
        }

        data.Remove(Entry);
        if (!isEmpty)
        {
            errors.Add(EventErrors.InvalidData, Entry, entry);
        }
    }

    private static void Write(JsonObject entry, string key, string text)
    {
        if (!Describing.TrimmedText.Fits(text, Longest + Allowance))
        {
            text = Describing.TrimmedText.Cut(text, Longest);
        }
        else if (entry.TryGetPropertyValue(key, out var node) && node?.GetValueKind() == JsonValueKind.String)
        {
            // It is the text that was read.
            return;
        }

        entry[key] = text;
    }
}
