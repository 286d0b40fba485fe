using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Relocation.Testing.Comparing;

/// <summary>JSON with sorted members and two spaces, without the members that were taken out.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Pretty = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <param name="value">A value.</param>
    /// <param name="without">The paths of members that are left out; dots lead into objects and the objects of lists.</param>
    /// <param name="path">Where the value stands.</param>
    internal static string Write(JsonElement value, IReadOnlySet<string> without, string path = "")
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Pretty))
        {
            Write(writer, value, path, without);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, string path, IReadOnlySet<string> without)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                    if (!without.Contains(name))
                    {
                        writer.WritePropertyName(member.Name);
                        Write(writer, member.Value, name, without);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, path, without);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            default:
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
                break;
        }
    }
}
