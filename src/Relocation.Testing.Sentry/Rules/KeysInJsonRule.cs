using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>
/// Keys of another model within JSON, of which Sentry keeps the old numbers (docs/sentry-import.md, section 2.2). Where a key leads nowhere, the member
/// is left out, or the whole record where it cannot do without.
/// </summary>
/// <param name="settings">The import's settings.</param>
/// <param name="keys">The field, and where in it the keys stand.</param>
internal sealed class KeysInJsonRule(ImportSettings settings, KeysInJson keys) : SentryRule(settings)
{
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override IReadOnlyList<string> Fields { get; } = [keys.Field];

    internal override ModelLabel Model => keys.Model;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var options = new JsonDocumentOptions { MaxDepth = chunk.Session.Options.Limits.MaxDepth };
        foreach (var record in chunk.Records)
        {
            if (record[keys.Field] is not string json)
            {
                continue;
            }

            using var document = JsonDocument.Parse(json, options);
            if (Holders(document.RootElement).SelectMany(holder => holder.EnumerateObject()).Any(member => KeyOf(member) is not null))
            {
                record[keys.Field] = Rewritten(document.RootElement, record, chunk.Session);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The object that the field holds, or the objects of its list.</summary>
    private static IEnumerable<JsonElement> Holders(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => [value],
        JsonValueKind.Array => value.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object),
        _ => [],
    };

    private string Rewritten(JsonElement value, ChunkRecord record, ImportSession session)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, AsWritten))
        {
            if (value.ValueKind == JsonValueKind.Object)
            {
                WriteHolder(writer, value, record, session);
            }
            else
            {
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.Object)
                    {
                        WriteHolder(writer, item, record, session);
                    }
                    else
                    {
                        item.WriteTo(writer);
                    }
                }

                writer.WriteEndArray();
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteHolder(Utf8JsonWriter writer, JsonElement holder, ChunkRecord record, ImportSession session)
    {
        writer.WriteStartObject();
        foreach (var member in holder.EnumerateObject())
        {
            if (KeyOf(member) is { } old)
            {
                Write(writer, member, session.Find(keys.Target, old)?.New, record);
            }
            else
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the new key in the old one's form.</summary>
    private void Write(Utf8JsonWriter writer, JsonProperty member, RecordKey? row, ChunkRecord record)
    {
        if (row is null && !keys.IsNullable)
        {
            record.Drop($"Its field '{keys.Field}' holds, in '{keys.Member}', the key of a record of '{keys.Target}' that is not imported.");
        }
        else if (row is not { } found)
        {
            Settings.Cleared.Add(Model, record.Key, keys.Path, keys.Target);
        }
        else if (member.Value.ValueKind == JsonValueKind.String)
        {
            writer.WriteString(member.Name, found.ToString());
        }
        else
        {
            writer.WriteNumber(member.Name, found.AsInteger());
        }
    }

    /// <summary>The key that a member holds, as a number or a text of digits.</summary>
    private RecordKey? KeyOf(JsonProperty member) => !member.NameEquals(keys.Member) ? null : member.Value.ValueKind switch
    {
        JsonValueKind.Number when member.Value.TryGetInt64(out var number) => RecordKey.From(number),
        JsonValueKind.String when long.TryParse(member.Value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            RecordKey.From(number),
        _ => null,
    };
}
