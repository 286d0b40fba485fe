using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Comparing;

/// <summary>Compares JSON but for a member that holds another record's key (docs/sentry-import.md, section 8.4).</summary>
/// <param name="field">The field.</param>
/// <param name="member">The member, of the object or of each object of the list.</param>
internal sealed class KeysInJsonComparator(string field, string member) : RecordComparator([field])
{
    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        if (!AreEqual(Without(left), Without(right)))
        {
            ReportUnequal(pair, field, Shorten(left), Shorten(right));
        }
    }

    private JsonElement Without(JsonElement value)
    {
        var node = JsonNode.Parse(value.GetRawText());
        foreach (var holder in node is JsonArray list ? list.OfType<JsonObject>() : node is JsonObject single ? [single] : [])
        {
            if (holder[member] is JsonValue)
            {
                holder[member] = null;
            }
        }

        return JsonSerializer.SerializeToElement(node);
    }
}
