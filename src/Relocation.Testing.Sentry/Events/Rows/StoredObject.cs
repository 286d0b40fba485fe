using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>Objects that columns of text hold as JSON.</summary>
internal static class StoredObject
{
    /// <summary>Reads an object. What is none, as another application may have left it, counts as nothing.</summary>
    internal static JsonObject Parse(string? text)
    {
        try
        {
            return text is null ? [] : JsonNode.Parse(text) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
