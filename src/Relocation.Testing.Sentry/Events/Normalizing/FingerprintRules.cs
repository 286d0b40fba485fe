using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>Mends fingerprints: a list of texts (docs/events.md, What is repaired).</summary>
internal static class FingerprintRules
{
    private const string Key = "fingerprint";

    internal static void Apply(JsonObject data, EventErrors errors)
    {
        if (!data.TryGetPropertyValue(Key, out var node) || node is null)
        {
            return;
        }

        if (node is not JsonArray elements)
        {
            errors.Drop(data, Key, EventErrors.InvalidData, Key);
            return;
        }

        var place = 0;
        for (var i = 0; i < elements.Count; i++, place++)
        {
            if (elements[i] is { } element && element.GetValueKind() == JsonValueKind.String)
            {
                continue;
            }

            var value = elements[i];
            if (Payload.Scalar(value) is { } text)
            {
                elements[i] = text;
                continue;
            }

            elements.RemoveAt(i--);
            if (value is not null)
            {
                errors.Add(EventErrors.InvalidData, new EventPath(Key, place), value);
            }
        }

        if (elements.Count == 0)
        {
            data.Remove(Key);
        }
    }
}
