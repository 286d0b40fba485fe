using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>What a group keeps of its events in one column: type, culprit, metadata, title, location and when the last one came in.</summary>
internal static class GroupData
{
    private const string Metadata = "metadata";

    private const string Title = "title";

    /// <summary>What an event gives its group.</summary>
    internal static JsonObject Of(EventJob job)
    {
        var description = job.Description!;
        return new JsonObject
        {
            ["type"] = description.Type,
            ["culprit"] = description.Culprit,
            [Metadata] = job.Data[Metadata]?.DeepClone(),
            [Title] = description.Title,
            ["location"] = description.Location,
            ["last_received"] = Received(job),
        };
    }

    /// <summary>Adds what only the making of a group adds: the SDK, but for security reports, and the priority.</summary>
    internal static void AddMade(JsonObject data, EventJob job, int priority)
    {
        if (data[Metadata] is not JsonObject metadata)
        {
            metadata = [];
            data[Metadata] = metadata;
        }

        if (job.Type is not ("csp" or "hpkp" or "expectct" or "expectstaple" or "nel")
            && job.Data["sdk"] is JsonObject sdk && EventTexts.Text(sdk, "name") is { } name)
        {
            metadata["sdk"] = new JsonObject { ["name"] = name, ["name_normalized"] = name };
        }

        metadata["initial_priority"] = priority;
    }

    /// <summary>Stored data under incoming ones, the metadata likewise; titles go by <see cref="TitleRule"/>.</summary>
    internal static JsonObject Merge(JsonObject stored, JsonObject incoming)
    {
        var (metadata, storedMetadata) = (incoming[Metadata] as JsonObject, stored[Metadata] as JsonObject);
        Fill(incoming, stored);
        SetTitle(incoming, stored, TextOf(incoming, Title));
        if (metadata is not null && storedMetadata is not null)
        {
            var title = TextOf(metadata, Title);
            Fill(metadata, storedMetadata);
            SetTitle(metadata, storedMetadata, title);
        }
        else if (storedMetadata is not null)
        {
            incoming[Metadata] = storedMetadata.DeepClone();
        }

        return incoming;
    }

    private static void Fill(JsonObject target, JsonObject source)
    {
        foreach (var (name, value) in source)
        {
            if (!target.ContainsKey(name))
            {
                target[name] = value?.DeepClone();
            }
        }
    }

    private static void SetTitle(JsonObject target, JsonObject stored, string? incoming) => target[Title] = TitleRule.Merge(TextOf(stored, Title), incoming);

    private static string? TextOf(JsonObject data, string name) => EventTexts.Text(data, name);

    /// <summary>When the event came in, in seconds since 1970; where it does not say, the whole seconds of its time.</summary>
    private static JsonNode Received(EventJob job) => job.Data["received"]?.DeepClone() ?? JsonValue.Create(job.Time.ToUnixTimeSeconds());
}
