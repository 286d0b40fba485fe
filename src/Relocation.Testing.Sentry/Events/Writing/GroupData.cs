using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Normalizing;

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

    /// <summary>Puts what an event gives over stored data, the metadata likewise; titles go by <see cref="TitleRule"/>.</summary>
    /// <param name="stored">The stored data, which are changed.</param>
    /// <param name="job">The event.</param>
    internal static JsonObject Merge(JsonObject stored, EventJob job)
    {
        var description = job.Description!;
        var title = TitleRule.Merge(EventTexts.Text(stored, Title), description.Title);
        Put(stored, "type", description.Type);
        Put(stored, "culprit", description.Culprit);
        Put(stored, Title, title);
        Put(stored, "location", description.Location);
        stored["last_received"] = Received(job);
        if (job.Data[Metadata] is not JsonObject incoming)
        {
            return stored;
        }

        if (stored[Metadata] is not JsonObject metadata)
        {
            stored[Metadata] = incoming.DeepClone();
            return stored;
        }

        title = TitleRule.Merge(EventTexts.Text(metadata, Title), EventTexts.Text(incoming, Title));
        foreach (var (name, value) in incoming)
        {
            if (Payload.Text(value) is { } text)
            {
                Put(metadata, name, text);
            }
            else
            {
                metadata[name] = value?.DeepClone();
            }
        }

        Put(metadata, Title, title);
        return stored;
    }

    /// <summary>Most events of a group say the same as the one before: then the node stays as it is.</summary>
    private static void Put(JsonObject data, string name, string? text)
    {
        if (!data.TryGetPropertyValue(name, out var node) || !(text is null ? node is null : Payload.Holds(node, text)))
        {
            data[name] = text;
        }
    }

    /// <summary>When the event came in, in seconds since 1970; where it does not say, the whole seconds of its time.</summary>
    private static JsonNode Received(EventJob job) => job.Data["received"]?.DeepClone() ?? JsonValue.Create(job.Time.ToUnixTimeSeconds());
}
