using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>Keys of another model within JSON; Sentry keeps the old number. A member whose key leads nowhere is left out.</summary>
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
            var value = document.RootElement;
            if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any(member => KeyOf(member) is not null))
            {
                record[keys.Field] = Rewritten(value, record, chunk.Session);
            }
        }

        return Task.CompletedTask;
    }

    private string Rewritten(JsonElement holder, ChunkRecord record, ImportSession session)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, AsWritten))
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

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the new key in the old one's form.</summary>
    private void Write(Utf8JsonWriter writer, JsonProperty member, RecordKey? row, ChunkRecord record)
    {
        if (row is not { } found)
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
