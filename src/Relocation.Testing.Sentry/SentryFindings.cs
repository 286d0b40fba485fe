using System.Text.Encodings.Web;
using System.Text.Json;

namespace Relocation.Testing;

/// <summary>Writes the findings file of an import, which Sentry's own tools read (import specification, sections 8.6 and 11).</summary>
public static class SentryFindings
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Default };

    /// <summary>Writes findings as an array of objects whose members are in order; an empty array says that all went well.</summary>
    /// <param name="stream">Takes the text, in ASCII; it stays open.</param>
    /// <param name="errors">The findings.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public static async Task WriteAsync(
        Stream stream, IEnumerable<SentryImportError> errors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(errors);
        var writer = new Utf8JsonWriter(stream, Options);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartArray();
            foreach (var error in errors)
            {
                Write(writer, error);
            }

            writer.WriteEndArray();
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Write(Utf8JsonWriter writer, SentryImportError error)
    {
        writer.WriteStartObject();
        writer.WriteString("finding", "RpcImportError");
        writer.WriteString("kind", error.Kind.ToString());
        WriteNumber(writer, "left_pk", error.LeftPk);
        writer.WriteStartObject("on");
        writer.WriteString("model", error.On?.Model.Value);
        WriteNumber(writer, "ordinal", error.On?.Ordinal);
        writer.WriteEndObject();
        writer.WriteString("reason", error.Reason);
        WriteNumber(writer, "right_pk", error.RightPk);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
