using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Generating;

/// <summary>Writes stored values as backups hold them.</summary>
internal static class StoredJson
{
    /// <summary>Writes a value; false when it is nothing that a backup can hold.</summary>
    internal static bool Write(Utf8JsonWriter writer, object? value)
    {
        var invariant = CultureInfo.InvariantCulture;
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                return true;
            case string text:
                writer.WriteStringValue(text);
                return true;
            case char letter:
                writer.WriteStringValue(letter.ToString());
                return true;
            case bool flag:
                writer.WriteBooleanValue(flag);
                return true;
            case Enum member:
                writer.WriteNumberValue(Convert.ToInt64(member, invariant));
                return true;
            case JsonNode node:
                node.WriteTo(writer);
                return true;
            case Guid guid:
                writer.WriteStringValue(guid);
                return true;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                return true;
            case DateTime { Kind: DateTimeKind.Unspecified } moment:
                writer.WriteStringValue(moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", invariant));
                return true;
            case DateTime moment:
                writer.WriteStringValue(moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", invariant));
                return true;
            case DateTimeOffset moment:
                writer.WriteStringValue(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", invariant));
                return true;
            case DateOnly date:
                writer.WriteStringValue(date.ToString("yyyy-MM-dd", invariant));
                return true;
            case TimeOnly time:
                writer.WriteStringValue(time.ToString("HH:mm:ss.FFFFFFF", invariant));
                return true;
            case TimeSpan span:
                writer.WriteStringValue(span.ToString("c", invariant));
                return true;
            case var number when number.GetType().IsPrimitive || number is decimal:
                JsonSerializer.Serialize(writer, number, number.GetType());
                return true;
            case IEnumerable list:
                return WriteList(writer, list);
            default:
                return false;
        }
    }

    private static bool WriteList(Utf8JsonWriter writer, IEnumerable list)
    {
        var isKnown = true;
        writer.WriteStartArray();
        foreach (var item in list)
        {
            isKnown &= Write(writer, item);
        }

        writer.WriteEndArray();
        return isKnown;
    }
}
