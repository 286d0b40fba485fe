using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Tagging;

/// <summary>The tags of an event: a list of pairs of key and value in its payload (docs/events.md, Tags and the user).</summary>
internal static class EventTags
{
    /// <summary>The longest value, in characters.</summary>
    internal const int LongestValue = 200;

    /// <summary>The payload's list of tags, which is made where there is none.</summary>
    internal static JsonArray Of(JsonObject data)
    {
        if (Payload.List(data, "tags") is not { } tags)
        {
            data["tags"] = tags = [];
        }

        return tags;
    }

    /// <summary>Sets a tag: drops every pair with the key, then adds one behind the others, its value cut to 200 characters.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null only drops.</param>
    internal static void Set(JsonArray tags, string key, string? value)
    {
        Remove(tags, key);
        if (value is not null)
        {
            tags.Add((JsonNode)new JsonArray(key, TrimmedText.Cut(value, LongestValue)));
        }
    }

    /// <summary>Drops every pair with the key.</summary>
    internal static void Remove(JsonArray tags, string key)
    {
        for (var i = tags.Count - 1; i >= 0; i--)
        {
            if (HasKey(tags[i], key))
            {
                tags.RemoveAt(i);
            }
        }
    }

    /// <summary>Whether a pair has the key, whatever its value.</summary>
    internal static bool Has(JsonArray tags, string key) => IndexOf(tags, key) >= 0;

    /// <summary>The value of the first pair with the key, or null.</summary>
    internal static string? Find(JsonArray tags, string key) => IndexOf(tags, key) is >= 0 and var index ? Payload.Scalar(((JsonArray)tags[index]!)[1]) : null;

    /// <summary>Sets the tags that payloads have at their top level: level always, logger, environment and transaction unless empty.</summary>
    internal static void SetTopLevel(JsonObject data)
    {
        var tags = Of(data);
        Set(tags, "level", Scalar(data, "level"));
        SetUnlessEmpty(tags, "logger", Scalar(data, "logger"));
        SetUnlessEmpty(tags, "environment", Scalar(data, "environment"));
        SetUnlessEmpty(tags, "transaction", Scalar(data, "transaction"));
    }

    /// <summary>Sets <c>sentry:user</c> and removes <c>user</c> where the payload has a user.</summary>
    /// <returns>The user, or null when the payload has none.</returns>
    internal static EventUser? SetUser(JsonObject data)
    {
        if (EventUser.Of(data) is not { } user)
        {
            return null;
        }

        var tags = Of(data);
        Remove(tags, "user");
        Set(tags, "sentry:user", user.Tag);
        return user;
    }

    /// <summary>Sets the tag <c>url</c> from the request where no tag has the key.</summary>
    internal static void SetUrl(JsonObject data)
    {
        if (Payload.Text(Payload.Object(data, "request"), "url") is { Length: > 0 } url && Of(data) is var tags && !Has(tags, "url"))
        {
            Set(tags, "url", url);
        }
    }

    /// <summary>Sets the tags of exceptions and contexts over those that are there.</summary>
    internal static void SetInterfaceTags(JsonObject data)
    {
        if (Payload.Object(CrashFrame.LastException(data), "mechanism") is { } mechanism)
        {
            var tags = Of(data);
            SetUnlessEmpty(tags, "mechanism", Payload.Text(mechanism, "type"));
            if (Payload.Truth(mechanism["handled"]) is { } handled)
            {
                Set(tags, "handled", handled ? "yes" : "no");
            }
        }

        ContextTags.Set(data);
    }

    /// <summary>Sets a tag unless its value is empty, in which case one that is there stays.</summary>
    internal static void SetUnlessEmpty(JsonArray tags, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Set(tags, key, value);
        }
    }

    private static int IndexOf(JsonArray tags, string key)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            if (HasKey(tags[i], key))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool HasKey(JsonNode? tag, string key) => tag is JsonArray { Count: 2 } pair && Payload.Holds(pair[0], key);

    private static string? Scalar(JsonObject data, string key) => data.TryGetPropertyValue(key, out var node) ? Payload.Scalar(node) : null;
}
