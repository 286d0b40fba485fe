using System.Text.Encodings.Web;
using System.Text.Json;

namespace Relocation.Testing.Values;

/// <summary>Writes JSON that a database keeps, in one form.</summary>
internal static class JsonCopy
{
    /// <summary>A backup is no web page: letters stay letters.</summary>
    internal static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <param name="writer">Where to.</param>
    /// <param name="json">The JSON.</param>
    /// <param name="sortsMembers">Whether members are put in the order of their names.</param>
    internal static void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> json, bool sortsMembers)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = writer.Options.MaxDepth });
        Write(writer, document.RootElement, sortsMembers);
    }

    internal static void Write(Utf8JsonWriter writer, JsonElement value, bool sortsMembers)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when sortsMembers:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, sortsMembers);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array when sortsMembers:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, sortsMembers);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when sortsMembers && PlainNumber.Of(value.GetRawText()) is { } plain:
                JsonElement.Parse(plain).WriteTo(writer);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
