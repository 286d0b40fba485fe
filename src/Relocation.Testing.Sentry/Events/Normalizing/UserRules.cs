using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>
/// Mends the user: names and ids are text, and what is no attribute of users moves into <c>data</c> (docs/events.md, What is repaired).
/// </summary>
internal static class UserRules
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal, "id", "email", "ip_address", "username", "name", "geo", "segment", "data", "sentry_user");

    private static readonly string[] Texts = ["id", "username", "name", "email"];

    internal static void Apply(JsonObject data, EventErrors errors)
    {
        if (Payload.Object(data, "user") is not { } user)
        {
            return;
        }

        foreach (var key in Texts)
        {
            if (user.TryGetPropertyValue(key, out var node) && node is not null && node.GetValueKind() != JsonValueKind.String)
            {
                if (Payload.Scalar(node) is { } text)
                {
                    user[key] = text;
                }
                else
                {
                    errors.Drop(user, key, EventErrors.InvalidData, $"user.{key}");
                }
            }
        }

        MoveUnknown(user);
    }

    private static void MoveUnknown(JsonObject user)
    {
        if (user.All(static member => Known.Contains(member.Key)))
        {
            return;
        }

        // All at once: taking members out one by one moves all that are left.
        var members = user.ToArray();
        user.Clear();
        foreach (var (key, value) in members)
        {
            if (Known.Contains(key))
            {
                user[key] = value;
            }
        }

        if (Payload.Object(user, "data") is not { } more)
        {
            user["data"] = more = [];
        }

        foreach (var (key, value) in members)
        {
            if (!Known.Contains(key))
            {
                more.TryAdd(key, value);
            }
        }
    }
}
