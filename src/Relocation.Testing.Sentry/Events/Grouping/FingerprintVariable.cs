using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Normalizing;
using Relocation.Testing.Sentry.Events.Tagging;

namespace Relocation.Testing.Sentry.Events.Grouping;

/// <summary>Variables in fingerprints: a whole element in double braces (docs/events.md, Groups).</summary>
internal static class FingerprintVariable
{
    /// <summary>Stands for what an event is grouped by when it says nothing else.</summary>
    internal const string Default = "{{ default }}";

    private const string OfTag = "tags.";

    internal static bool IsDefault(string element) => NameOf(element) is "default";

    /// <summary>An element, or the value of the variable that it is. A name that is none stays as it is.</summary>
    internal static string Resolve(string element, JsonObject data) => NameOf(element) is { Length: > 0 } name ? ValueOf(name.ToString(), data) ?? element : element;

    /// <summary>The name in an element that is a variable; empty in others.</summary>
    private static ReadOnlySpan<char> NameOf(string element)
    {
        if (!element.StartsWith("{{", StringComparison.Ordinal) || !element.EndsWith("}}", StringComparison.Ordinal) || element.Length < 5)
        {
            return [];
        }

        var name = element.AsSpan(2, element.Length - 4).Trim();
        foreach (var character in name)
        {
            if (char.IsWhiteSpace(character))
            {
                return [];
            }
        }

        return name;
    }

    private static string? ValueOf(string name, JsonObject data) => name switch
    {
        "transaction" => Or(Payload.Text(data, "transaction"), "<no-transaction>"),
        "message" => Or(MessageOf(data), "<no-message>"),
        "type" or "error.type" => Or(Payload.Text(CrashFrame.LastException(data), "type"), "<no-type>"),
        "value" or "error.value" => Or(Payload.Text(CrashFrame.LastException(data), "value"), "<no-value>"),
        "function" or "stack.function" => Or(OfFrame(data, "function"), "<no-function>"),
        "path" or "stack.abs_path" => Or(OfFrame(data, "abs_path"), Or(OfFrame(data, "filename"), "<no-abs-path>")),
        "stack.filename" => Or(OfFrame(data, "filename"), Or(LastPart(OfFrame(data, "abs_path")), "<no-filename>")),
        "module" or "stack.module" => Or(OfFrame(data, "module"), "<no-module>"),
        "package" or "stack.package" => Or(LastPart(OfFrame(data, "package")), "<no-package>"),
        "level" => Or(Payload.Text(data, "level"), "<no-level>"),
        "logger" => Or(Payload.Text(data, "logger"), "<no-logger>"),
        _ when name.StartsWith(OfTag, StringComparison.Ordinal) => TagOf(data, name[OfTag.Length..]),
        _ => null,
    };

    private static string TagOf(JsonObject data, string key) =>
        Payload.List(data, "tags") is { } tags && EventTags.Find(tags, key) is { } value ? value : $"<no-value-for-tag-{key}>";

    private static string? MessageOf(JsonObject data)
    {
        var entry = Payload.Object(data, "logentry");
        return Payload.Text(entry, "formatted") is { Length: > 0 } formatted ? formatted
            : Payload.Text(entry, "message") is { Length: > 0 } message ? message
            : Payload.Text(CrashFrame.LastException(data), "value");
    }

    private static string? OfFrame(JsonObject data, string key) => Payload.Text(CrashFrame.Find(data), key);

    /// <summary>What stands behind the last slash, of either kind.</summary>
    private static string? LastPart(string? path) => path is null ? null : path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..];

    private static string Or(string? value, string fallback) => string.IsNullOrEmpty(value) ? fallback : value;
}
