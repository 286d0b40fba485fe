using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>Attributes that are an object with <c>values</c>, however they were sent.</summary>
internal static class ListForms
{
    /// <summary>Makes an attribute an object with <c>values</c>; what can be none is dropped and noted.</summary>
    /// <param name="data">The payload.</param>
    /// <param name="key">The attribute.</param>
    /// <param name="allowSingle">Whether an object without <c>values</c> is the only one.</param>
    /// <param name="errors">What is wrong.</param>
    /// <returns>The list, or null where there is none.</returns>
    internal static JsonArray? Settle(JsonObject data, string key, bool allowSingle, EventErrors errors)
    {
        if (!data.TryGetPropertyValue(key, out var node) || node is null)
        {
            return null;
        }

        switch (node)
        {
            case JsonArray list:
                data[key] = new JsonObject { ["values"] = Detached(data, key, list) };
                return list;
            case JsonObject holder when holder.TryGetPropertyValue("values", out var values):
                if (values is not (null or JsonArray))
                {
                    errors.Clear(holder, "values", EventErrors.InvalidData, $"{key}.values");
                }

                return values as JsonArray;
            case JsonObject single when allowSingle && single.Count > 0:
                var only = new JsonArray(Detached(data, key, single));
                data[key] = new JsonObject { ["values"] = only };
                return only;
            case JsonObject:
                return null;
            default:
                errors.Drop(data, key, EventErrors.InvalidData, key);
                return null;
        }
    }

    /// <summary>A node has one owner: it leaves the payload before it is put elsewhere in it.</summary>
    private static T Detached<T>(JsonObject data, string key, T node)
        where T : JsonNode
    {
        data[key] = null;
        return node;
    }
}
