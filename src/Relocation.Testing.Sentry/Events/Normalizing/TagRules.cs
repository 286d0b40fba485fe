using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>Mends tags: a list of pairs of texts, each key once, none of those that Sentry sets itself (docs/events.md, What is repaired).</summary>
internal static class TagRules
{
    private const int LongestKey = 200;
    private const int LongestValue = 200;
    private const int LongestSite = 200;
    private const string Tags = "tags";

    internal static void Apply(JsonObject data, EventErrors errors)
    {
        var tags = ListOf(data, errors);
        var seen = new SeenKeys();
        string? environment = null;
        for (var i = 0; i < tags.Count; i++)
        {
            if (tags[i] is not { } element)
            {
                continue;
            }

            if (element is not JsonArray { Count: 2 } pair)
            {
                errors.Clear(tags, i, EventErrors.InvalidData, new EventPath(Tags, i));
                continue;
            }

            var key = Settle(pair, 0, i, errors)?.Replace(' ', '-');
            if (key == "environment")
            {
                environment ??= Settle(pair, 1, i, errors);
            }

            if (key is "release" or "dist" or "user" or "filename" or "function" or "environment" || !seen.Add(key))
            {
                tags.RemoveAt(i--);
                continue;
            }

            Check(pair, key, i, errors);
        }

        if (environment is { Length: > 0 } && !Payload.Has(data, "environment"))
        {
            UseEnvironment(data, environment, errors);
        }

        Move(data, tags, "server_name", errors);
        Move(data, tags, "site", errors);
    }

    private static JsonArray ListOf(JsonObject data, EventErrors errors)
    {
        data.TryGetPropertyValue(Tags, out var node);
        switch (node)
        {
            case JsonArray list:
                return list;
            case JsonObject named:
                var pairs = new JsonArray();
                var members = named.OrderBy(member => member.Key, StringComparer.Ordinal).ToArray();

                // All at once: taking members out one by one moves all that are left.
                named.Clear();
                foreach (var (key, value) in members)
                {
                    pairs.Add((JsonNode)new JsonArray(key, value));
                }

                data[Tags] = pairs;
                return pairs;
            default:
                var none = new JsonArray();
                data[Tags] = none;
                if (node is not null)
                {
                    errors.Add(EventErrors.InvalidData, Tags, node);
                }

                return none;
        }
    }

    /// <summary>Half a pair as text without surrounding blanks; what can be none becomes null and is noted.</summary>
    private static string? Settle(JsonArray pair, int half, int index, EventErrors errors)
    {
        if (pair[half] is not { } node)
        {
            return null;
        }

        var text = Payload.Scalar(node);
        var trimmed = text?.Trim();
        if (trimmed is null)
        {
            errors.Clear(pair, half, EventErrors.InvalidData, PathOf(index, half));
        }
        else if (trimmed.Length != text!.Length || node.GetValueKind() != JsonValueKind.String)
        {
            pair[half] = trimmed;
        }

        return trimmed;
    }

    private static void Check(JsonArray pair, string? key, int index, EventErrors errors)
    {
        if (key is not null)
        {
            if (key.Contains('-', StringComparison.Ordinal) && Payload.Text(pair[0]) != key)
            {
                pair[0] = key;
            }

            if (Problem(key, LongestKey) is { } kind)
            {
                errors.Clear(pair, 0, kind, PathOf(index, 0));
            }
        }

        if (Settle(pair, 1, index, errors) is { } value && (Problem(value, LongestValue) ?? BrokenLine(value)) is { } wrong)
        {
            errors.Clear(pair, 1, wrong, PathOf(index, 1));
        }
    }

    private static string? Problem(string text, int longest) =>
        text.Length == 0 ? EventErrors.InvalidData : TrimmedText.Fits(text, longest) ? null : EventErrors.ValueTooLong;

    private static string? BrokenLine(string value) => value.Contains('\n', StringComparison.Ordinal) ? EventErrors.InvalidData : null;

    private static void UseEnvironment(JsonObject data, string environment, EventErrors errors)
    {
        if (ReleaseRules.IsEnvironment(environment))
        {
            data["environment"] = environment;
        }
        else
        {
            errors.Add(EventErrors.InvalidData, "tags.environment", environment);
        }
    }

    /// <summary>Makes an attribute a tag, in the place of one with its name where there is one.</summary>
    private static void Move(JsonObject data, JsonArray tags, string key, EventErrors errors)
    {
        if (!data.TryGetPropertyValue(key, out var node) || node is null)
        {
            return;
        }

        if (Payload.Scalar(node) is not { } value)
        {
            errors.Drop(data, key, EventErrors.InvalidData, key);
            return;
        }

        value = TrimmedText.Cut(value.Trim(), LongestSite);
        if (BrokenLine(value) is { } kind)
        {
            errors.Drop(data, key, kind, key);
            return;
        }

        data.Remove(key);
        if (value.Length == 0)
        {
            return;
        }

        foreach (var tag in tags)
        {
            if (tag is JsonArray { Count: 2 } pair && Payload.Text(pair[0]) == key)
            {
                pair[1] = value;
                return;
            }
        }

        tags.Add((JsonNode)new JsonArray(key, value));
    }

    private static EventPath PathOf(int index, int half) => new(Tags, index, half == 0 ? "0" : "1");

    /// <summary>The keys so far. Few events have many, and a list of few is faster than a set.</summary>
    private struct SeenKeys
    {
        private const int Few = 16;

        private List<string?>? _few;
        private HashSet<string>? _many;
        private bool _hasNull;

        internal bool Add(string? key)
        {
            if (key is null)
            {
                return !_hasNull && (_hasNull = true);
            }

            if (_many is not null)
            {
                return _many.Add(key);
            }

            _few ??= [];
            if (_few.Contains(key))
            {
                return false;
            }

            _few.Add(key);
            if (_few.Count > Few)
            {
                _many = new HashSet<string>(_few!, StringComparer.Ordinal);
            }

            return true;
        }
    }
}
