using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>The short texts at an event's top level that become columns.</summary>
internal sealed record EventTexts(string? Level, string Logger, string? Platform, string? Release, string? Dist, string? Environment)
{
    private const int LongestName = 64;

    /// <summary>The longest version that a release's row holds; a longer one is kept as a text without a row.</summary>
    internal const int LongestVersion = 250;

    /// <summary>Reads an event's texts; whatever is no text counts as missing.</summary>
    /// <exception cref="EventRefusedException">A text is too long for its column, as normalising would have seen to.</exception>
    internal static EventTexts Of(JsonObject data, int index) => new(
        Text(data, "level"),
        Fitting(data, "logger", index) ?? string.Empty,
        Fitting(data, "platform", index),
        Name(Text(data, "release")),
        Name(Fitting(data, "dist", index)),
        Name(Fitting(data, "environment", index)));

    internal static string? Text(JsonObject data, string name) =>
        data[name] is not JsonValue value ? null
        : value.TryGetValue<JsonElement>(out var element) ? element.ValueKind == JsonValueKind.String ? element.GetString() : null
        : value.TryGetValue<string>(out var text) ? text : null;

    private static string? Fitting(JsonObject data, string name, int index) =>
        Text(data, name) is not { } text ? null
        : LengthOf(text) <= LongestName ? text
        : throw Errors.EventTextTooLong(name, LongestName, index);

    /// <summary>Columns count characters, not UTF-16 units.</summary>
    internal static int LengthOf(string text)
    {
        var length = text.Length;
        foreach (var unit in text)
        {
            length -= char.IsLowSurrogate(unit) ? 1 : 0;
        }

        return length;
    }

    /// <summary>A text that a row is known by, as its column keeps it.</summary>
    private static string? Name(string? text) => text is null || RowCells.Storable(text) is not { Length: > 0 } name ? null : name;
}
