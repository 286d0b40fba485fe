using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Backups;
using Relocation.Testing.Cli.Terminals;
using System.Text.Json.Serialization.Metadata;
using System.Text.Json.Serialization;

namespace Relocation.Testing.Cli.Output;

/// <summary>Writes one JSON document, and the values that several documents have in common.</summary>
internal static class JsonDocumentWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Shape = new()
    {
        WriteIndented = Options.Indented,
        NewLine = Options.NewLine,
        Encoder = Options.Encoder,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new LabelConverter(), new KeyConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = DocumentContext.Default.WithAddedModifier(LeaveOrdinals),
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

    /// <summary>Writes an object that its type describes, and a line end. A long one is never in memory as a whole.</summary>
    internal static void Write<T>(Terminal terminal, T document)
    {
        var stream = terminal.OpenOutput();
        Write(stream, document);
        stream.WriteByte((byte)'\n');
    }

    internal static void Write<T>(Stream stream, T document) => JsonSerializer.Serialize(new VisibleJsonStream(stream), document, Described<T>());

    /// <summary>An enum's name in JSON's spelling.</summary>
    internal static void WriteName<T>(this Utf8JsonWriter json, string name, T value)
        where T : struct, Enum =>
        json.WriteString(name, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    /// <summary>A value that its type describes.</summary>
    internal static void WriteValue<T>(this Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, Described<T>());
    }

    /// <summary>A key as backups hold it: a number, a string, or an array of those.</summary>
    internal static void WriteKey(this Utf8JsonWriter json, string name, RecordKey key)
    {
        json.WritePropertyName(name);
        json.WriteKeyValue(key);
    }

    /// <summary>A key as backups hold it, in a list or behind a name.</summary>
    internal static void WriteKeyValue(this Utf8JsonWriter json, RecordKey key)
    {
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

    private static JsonTypeInfo<T> Described<T>() => (JsonTypeInfo<T>)Shape.GetTypeInfo(typeof(T));

    /// <summary>The pointer says already which record it is.</summary>
    private static void LeaveOrdinals(JsonTypeInfo type)
    {
        if (type.Type == typeof(RecordPlace))
        {
            type.Properties.Remove(type.Properties.Single(property => property.Name == "ordinal"));
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
