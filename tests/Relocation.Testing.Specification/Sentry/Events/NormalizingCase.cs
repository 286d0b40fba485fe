using System.Text.Json.Nodes;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>A row of the table of repairs: an event as it is sent, and what of it is expected.</summary>
/// <param name="Name">What the row is about.</param>
/// <param name="Item">The item of the parity list, or a row of the table in docs/events.md, What is repaired.</param>
/// <param name="Input">The event.</param>
/// <param name="Expected">
/// Paths with dots, or <c>tag KEY</c> for a tag's value, and what is there as JSON; <see cref="Missing"/> where nothing is, or null.
/// </param>
/// <param name="Errors">The errors as <c>kind name</c>, in order.</param>
public sealed record NormalizingCase(string Name, string Item, string Input, (string Path, string Json)[] Expected, params string[] Errors)
{
    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789abcdef");

    /// <summary>There is no such member, or it is null.</summary>
    public const string Missing = "(missing)";

    /// <summary>Stands for an id that was made, as JSON.</summary>
    public const string FreshId = "\"0123456789abcdef0123456789abcdef\"";

    /// <summary>When all events are received: 15 January 2026, noon.</summary>
    public static DateTimeOffset Received { get; } = DateTimeOffset.FromUnixTimeSeconds(ReceivedSeconds);

    public const long ReceivedSeconds = 1_768_478_400;

    /// <summary>The place that the event is refused for, or null when it is saved.</summary>
    public string? Refused { get; init; }

    /// <summary>The event, anew.</summary>
    public JsonObject Event() => (JsonObject)JsonNode.Parse(Input)!;

    /// <summary>What of a payload is not as expected.</summary>
    public IReadOnlyList<string> Differences(JsonObject payload)
    {
        var errors = ((JsonArray)payload["errors"]!).Select(error => $"{error!["type"]} {error["name"]}").ToList();
        return
        [
            .. Expected.Select(part => (part.Path, part.Json, Found: Find(payload, part.Path))).Where(part => !IsAs(part.Json, part.Found))
                .Select(part => $"{part.Path} is {part.Found?.ToJsonString() ?? Missing}, not {part.Json}"),
            .. errors.SequenceEqual(Errors) ? [] : new[] { $"errors are [{string.Join(", ", errors)}], not [{string.Join(", ", Errors)}]" },
        ];
    }

    public override string ToString() => $"{Item}: {Name}";

    private static bool IsAs(string expected, JsonNode? found) => expected == Missing ? found is null
        : expected == FreshId ? found?.GetValue<string>() is { Length: 32 } id && !id.AsSpan().ContainsAnyExcept(Digits)
        : JsonNode.DeepEquals(JsonNode.Parse(expected), found is null ? null : JsonNode.Parse(found.ToJsonString()));

    private static JsonNode? Find(JsonObject payload, string path)
    {
        const string Tag = "tag ";
        if (path.StartsWith(Tag, StringComparison.Ordinal))
        {
            return ((JsonArray)payload["tags"]!).OfType<JsonArray>().FirstOrDefault(pair => pair[0]?.GetValue<string>() == path[Tag.Length..])?[1];
        }

        JsonNode? node = payload;
        foreach (var part in path.Split('.'))
        {
            node = node switch
            {
                JsonArray list => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) is var index && index < list.Count ? list[index] : null,
                JsonObject owner => owner[part],
                _ => null,
            };
        }

        return node;
    }
}
