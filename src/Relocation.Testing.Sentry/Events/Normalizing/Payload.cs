using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>Reads and mends values of payloads, whether they were parsed or made by code.</summary>
internal static class Payload
{
    /// <summary>From here on not every whole number is one of its own as a double.</summary>
    private const double LargestExact = 1L << 53;

    /// <summary>A member that is an object, or null.</summary>
    internal static JsonObject? Object(JsonObject? owner, string key) =>
        owner is not null && owner.TryGetPropertyValue(key, out var node) ? node as JsonObject : null;

    /// <summary>A member that is a list, or null.</summary>
    internal static JsonArray? List(JsonObject? owner, string key) =>
        owner is not null && owner.TryGetPropertyValue(key, out var node) ? node as JsonArray : null;

    /// <summary>The list of an attribute that is written as a list or as an object with <c>values</c>; or null.</summary>
    internal static JsonArray? Values(JsonObject owner, string key) =>
        !owner.TryGetPropertyValue(key, out var node) ? null : node as JsonArray ?? List(node as JsonObject, "values");

    /// <summary>A member that is text, or null.</summary>
    internal static string? Text(JsonObject? owner, string key) =>
        owner is not null && owner.TryGetPropertyValue(key, out var node) ? Text(node) : null;

    /// <summary>A node that is text, or null.</summary>
    internal static string? Text(JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return null;
        }

        // Asked for as an element first: asked for as a text, it is boxed on the way.
        if (value.TryGetValue<JsonElement>(out var element))
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }

        return value.GetValueKind() != JsonValueKind.String ? null
            : value.TryGetValue<string>(out var text) ? text

            // A moment or an identity that code has put there.
            : value.Deserialize<string>();
    }

    /// <summary>Whether a node is a text; it is not made for that, and not looked at where its length tells it already.</summary>
    internal static bool Holds(JsonNode? node, string text)
    {
        if (node is not JsonValue value)
        {
            return false;
        }

        if (!value.TryGetValue<JsonElement>(out var element))
        {
            return value.TryGetValue<string>(out var made) && made == text;
        }

        // As UTF-8 no text is shorter than as UTF-16, whether it has escapes or not.
        const int Quotes = 2;
        return element.ValueKind == JsonValueKind.String && JsonMarshal.GetRawUtf8Value(element).Length - Quotes >= text.Length && element.ValueEquals(text);
    }

    /// <summary>A number, or null.</summary>
    internal static double? Number(JsonNode? node) => node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number ? null
        : value.TryGetValue<double>(out var number) ? number
        : value.TryGetValue<long>(out var whole) ? whole
        : value.TryGetValue<int>(out var small) ? small
        : double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed
        : null;

    /// <summary>Whether a node is <c>true</c>; null where it is no truth value.</summary>
    internal static bool? Truth(JsonNode? node) => node is not JsonValue value ? null : value.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>
    /// A scalar as text: truth values as <c>True</c> and <c>False</c>, fractions cut off, what no double holds exactly and all else as null.
    /// </summary>
    internal static string? Scalar(JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return null;
        }

        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                return Text(value);
            case JsonValueKind.True:
                return "True";
            case JsonValueKind.False:
                return "False";
            case JsonValueKind.Number:
                var written = value.ToJsonString();
                return long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    ? whole.ToString(CultureInfo.InvariantCulture)
                    : Number(value) is { } number && Math.Abs(number) < LargestExact
                        ? ((long)number).ToString(CultureInfo.InvariantCulture)
                        : null;
            default:
                return null;
        }
    }

    /// <summary>Whether text has at most so many characters; the text is not made where its bytes say so already.</summary>
    internal static bool IsWithin(JsonNode node, int limit) => node is JsonValue value
        && (value.TryGetValue<JsonElement>(out var element) && element.ValueKind == JsonValueKind.String
                && JsonMarshal.GetRawUtf8Value(element).Length - 2 <= limit
            || Text(value) is { } text && TrimmedText.Fits(text, limit));

    /// <summary>Cuts a member that is text and longer than its limit and an allowance; within the allowance it stays as it is.</summary>
    internal static void Cut(JsonObject owner, string key, int limit, int allowance = 0)
    {
        if (owner.TryGetPropertyValue(key, out var node) && node is not null && !IsWithin(node, limit + allowance) && Text(node) is { } text)
        {
            owner[key] = TrimmedText.Cut(text, limit);
        }
    }

    /// <summary>Whether an object has a member that is not null.</summary>
    internal static bool Has(JsonObject owner, string key) => owner.TryGetPropertyValue(key, out var node) && node is not null;
}
