using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Output;

/// <summary>Writes one JSON document, and the values that several documents have in common.</summary>
internal static class JsonDocumentWriter
{
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes an object and a line end to standard output.</summary>
    internal static void Write(Terminal terminal, Action<Utf8JsonWriter> writeMembers)
    {
        var stream = terminal.OpenOutput();
        var json = new Utf8JsonWriter(new VisibleJsonStream(stream), Options);
        json.WriteStartObject();
        writeMembers(json);
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>An enum's name in JSON's spelling.</summary>
    internal static void WriteName<T>(this Utf8JsonWriter json, string name, T value)
        where T : struct, Enum =>
        json.WriteString(name, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    internal static void WritePlace(this Utf8JsonWriter json, string name, RecordPlace place)
    {
        json.WriteStartObject(name);
        json.WriteString("backup", place.Backup);
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
        json.WriteString("pointer", place.Pointer);
        if (place.Model is { } model)
        {
            json.WriteString("model", model.Value);
        }

        if (place.Key is { } key)
        {
            json.WriteKey("pk", key);
        }

        json.WriteEndObject();
    }

    /// <summary>The comparison with an approved file, if there is one.</summary>
    internal static void WriteApproved(this Utf8JsonWriter json, string? approved, SnapshotMismatchException? mismatch)
    {
        if (approved is null)
        {
            return;
        }

        json.WriteStartObject("approved");
        json.WriteString("file", approved);
        json.WriteBoolean("matches", mismatch is null);
        if (mismatch is not null)
        {
            json.WriteString("received", mismatch.ReceivedPath);
            json.WriteString("difference", mismatch.Message);
        }

        json.WriteEndObject();
    }

    /// <summary>A key as backups hold it: a number, a string, or an array of those.</summary>
    internal static void WriteKey(this Utf8JsonWriter json, string name, RecordKey key)
    {
        json.WritePropertyName(name);
        if (key.Kind != RecordKeyKind.Composite)
        {
            WritePart(json, key);
            return;
        }

        json.WriteStartArray();
        foreach (var part in key.Parts)
        {
            WritePart(json, part);
        }

        json.WriteEndArray();
    }

    /// <summary>Lets go of what is written, so that a long document is never in memory as a whole.</summary>
    internal static void FlushWhenLong(this Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushAt)
        {
            json.Flush();
        }
    }

    private static void WritePart(Utf8JsonWriter json, RecordKey part)
    {
        switch (part.Kind)
        {
            case RecordKeyKind.Integer:
                json.WriteNumberValue(part.AsInteger());
                break;
            case RecordKeyKind.Guid:
                json.WriteStringValue(part.AsGuid());
                break;
            default:
                json.WriteStringValue(part.AsText());
                break;
        }
    }
}
