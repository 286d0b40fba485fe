using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>JSON as columns keep it: compact, with characters as they are.</summary>
internal static class PayloadText
{
    internal static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    internal static string Of(JsonNode node)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            node.WriteTo(json);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
