using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Tagging;

/// <summary>The tags of an event: a list of pairs of key and value in its payload (event specification, 2 and 4.2 to 4.4; addendum, E-1 to E-3, E-30).</summary>
internal static class EventTags
{
    /// <summary>The longest value, in characters.</summary>
    internal const int LongestValue = 200;

    /// <summary>The payload's list of tags, which is made where there is none.</summary>
    internal static JsonArray Of(JsonObject data) => throw new NotImplementedException();

    /// <summary>Sets a tag: drops every pair with the key, then adds one behind the others, its value cut to 200 characters.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null only drops.</param>
    internal static void Set(JsonArray tags, string key, string? value) => throw new NotImplementedException();

    /// <summary>Drops every pair with the key.</summary>
    internal static void Remove(JsonArray tags, string key) => throw new NotImplementedException();

    /// <summary>Whether a pair has the key, whatever its value.</summary>
    internal static bool Has(JsonArray tags, string key) => throw new NotImplementedException();

    /// <summary>The value of the first pair with the key, or null.</summary>
    internal static string? Find(JsonArray tags, string key) => throw new NotImplementedException();

    /// <summary>Sets the tags that payloads have at their top level: level always, logger, environment and transaction unless empty (section 2).</summary>
    internal static void SetTopLevel(JsonObject data) => throw new NotImplementedException();

    /// <summary>Sets <c>sentry:user</c> and removes <c>user</c> where the payload has a user (4.2, E-2).</summary>
    /// <returns>The user, or null when the payload has none.</returns>
    internal static EventUser? SetUser(JsonObject data) => throw new NotImplementedException();

    /// <summary>Sets the tag <c>url</c> from the request where no tag has the key (4.3).</summary>
    internal static void SetUrl(JsonObject data) => throw new NotImplementedException();

    /// <summary>Sets the tags of exceptions and contexts over those that are there (4.4, E-30).</summary>
    internal static void SetInterfaceTags(JsonObject data) => throw new NotImplementedException();
}
