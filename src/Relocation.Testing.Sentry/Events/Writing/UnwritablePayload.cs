using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Says why an event could not be read or written although it is a tree of JSON. Looked for only when something has failed, as most events are sound.
/// </summary>
internal static class UnwritablePayload
{
    /// <summary>How deep JSON may be that is written; the writer itself goes no further.</summary>
    private const int Deepest = 1000;

    /// <summary>Whether what failed may have failed for the payload's sake.</summary>
    internal static bool MayExplain(Exception exception) => exception is InvalidOperationException or ArgumentException or JsonException;

    /// <summary>The refusal of an event, or null where nothing is wrong with its payload.</summary>
    internal static EventRefusedException? Of(JsonObject data, int index) => Of(data, string.Empty, 1, index);

    private static EventRefusedException? Of(JsonNode? node, string pointer, int depth, int index) => node switch
    {
        null => null,
        JsonValue value => OfValue(value, pointer, index),
        _ when depth >= Deepest => Errors.EventIsTooDeep(Deepest, pointer, index),
        JsonArray list => OfMembers(list.Select((element, at) => (at.ToString(CultureInfo.InvariantCulture), element)), pointer, depth, index),
        _ => OfObject((JsonObject)node, pointer, depth, index),
    };

    private static EventRefusedException? OfObject(JsonObject data, string pointer, int depth, int index)
    {
        try
        {
            // An object reads its members when it is first asked for one.
            _ = data.Count;
            _ = data.ContainsKey(string.Empty);
        }
        catch (ArgumentException)
        {
            return Errors.EventHasMemberTwice(pointer, index);
        }
        catch (InvalidOperationException)
        {
            return Errors.EventIsNoUnicode(pointer, index);
        }

        return OfMembers(data.Select(member => (member.Key, member.Value)), pointer, depth, index);
    }

    private static EventRefusedException? OfMembers(IEnumerable<(string Name, JsonNode? Value)> members, string pointer, int depth, int index)
    {
        foreach (var (name, value) in members)
        {
            if (Of(value, $"{pointer}/{name}", depth + 1, index) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static EventRefusedException? OfValue(JsonValue value, string pointer, int index)
    {
        try
        {
            _ = Payload.Text(value) ?? value.ToJsonString();
            return null;
        }
        catch (InvalidOperationException)
        {
            return Errors.EventIsNoUnicode(pointer, index);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or JsonException)
        {
            return Errors.EventHasNoJson(pointer, index);
        }
    }
}
