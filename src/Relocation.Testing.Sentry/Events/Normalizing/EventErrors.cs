using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>What normalising has found wrong in an event, in the order in which it was found.</summary>
internal sealed class EventErrors
{
    internal const string InvalidData = "invalid_data";
    internal const string ValueTooLong = "value_too_long";
    internal const string MissingAttribute = "missing_attribute";
    internal const string InvalidAttribute = "invalid_attribute";
    internal const string FutureTimestamp = "future_timestamp";
    internal const string PastTimestamp = "past_timestamp";

    private List<JsonObject>? _entries;

    /// <summary>Notes something.</summary>
    /// <param name="kind">One of the kinds above.</param>
    /// <param name="name">The path to the value, with dots.</param>
    /// <param name="value">The value as it was; it is copied while it is still part of the payload.</param>
    internal JsonObject Add(string kind, EventPath name, JsonNode? value)
    {
        var entry = new JsonObject { ["type"] = kind, ["name"] = name.ToString(), ["value"] = value?.Parent is null ? value : value.DeepClone() };
        (_entries ??= []).Add(entry);
        return entry;
    }

    /// <summary>Takes a member out of an object and notes it.</summary>
    internal void Drop(JsonObject owner, string key, string kind, EventPath name)
    {
        var value = owner[key];
        owner.Remove(key);
        Add(kind, name, value);
    }

    /// <summary>Puts null for a member and notes what it was.</summary>
    internal void Clear(JsonObject owner, string key, string kind, EventPath name)
    {
        var value = owner[key];
        owner[key] = null;
        Add(kind, name, value);
    }

    /// <summary>Puts null for an element and notes what it was.</summary>
    internal void Clear(JsonArray list, int index, string kind, EventPath name)
    {
        var value = list[index];
        list[index] = null;
        Add(kind, name, value);
    }

    /// <summary>Writes them behind those that the payload came with.</summary>
    internal void WriteTo(JsonObject data)
    {
        if (Payload.List(data, "errors") is not { } errors)
        {
            data["errors"] = errors = [];
        }

        foreach (var entry in _entries ?? [])
        {
            errors.Add((JsonNode)entry);
        }
    }
}
