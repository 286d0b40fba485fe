using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Tagging;

/// <summary>
/// The tags of contexts (docs/events.md, Tags and the user). What a tag holds is said by the context's type, what it is called by the context's
/// name in the payload.
/// </summary>
internal static class ContextTags
{
    internal static void Set(JsonObject data)
    {
        if (Payload.Object(data, "contexts") is not { Count: > 0 } contexts)
        {
            return;
        }

        var tags = EventTags.Of(data);
        foreach (var (alias, node) in contexts)
        {
            if (node is not JsonObject context)
            {
                continue;
            }

            switch (Payload.Text(context, "type") is { Length: > 0 } type ? type : alias)
            {
                case "os":
                    SetVersion(tags, alias, context);
                    SetMember(tags, alias, "name", context, "name");
                    SetMember(tags, alias, "rooted", context, "rooted");
                    break;
                case "browser" or "runtime":
                    SetVersion(tags, alias, context);
                    SetMember(tags, alias, "name", context, "name");
                    break;
                case "device":
                    EventTags.SetUnlessEmpty(tags, alias, Show(context, "model"));
                    SetMember(tags, alias, "family", context, "family");
                    break;
                case "gpu":
                    SetMember(tags, alias, "name", context, "name");
                    SetMember(tags, alias, "vendor", context, "vendor");
                    SetMember(tags, alias, "vendor", context, "vendor_name");
                    break;
                case "app":
                    SetMember(tags, alias, "device", context, "device_app_hash");
                    break;
                case "monitor":
                    SetMember(tags, alias, "id", context, "id");
                    SetMember(tags, alias, "slug", context, "slug");
                    break;
            }
        }
    }

    private static void SetVersion(JsonArray tags, string alias, JsonObject context)
    {
        if (Show(context, "name") is { } name && Show(context, "version") is { } version)
        {
            EventTags.SetUnlessEmpty(tags, alias, $"{name} {version}".Trim());
        }
    }

    private static void SetMember(JsonArray tags, string alias, string tag, JsonObject context, string key)
    {
        if (Show(context, key) is { Length: > 0 } value)
        {
            EventTags.Set(tags, $"{alias}.{tag}", value);
        }
    }

    private static string? Show(JsonObject context, string key) => !context.TryGetPropertyValue(key, out var node) || node is null ? null
        : Payload.Truth(node) is { } truth ? (truth ? "yes" : "no")
        : node.GetValueKind() == JsonValueKind.String ? Payload.Text(node)!.Trim()
        : node.ToJsonString();
}
