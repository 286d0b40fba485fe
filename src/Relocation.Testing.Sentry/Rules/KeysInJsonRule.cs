using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>Keys within JSON, which Sentry copies as they are (docs/sentry-import.md, section 2.2).</summary>
/// <param name="settings">The import's settings.</param>
/// <param name="keys">The field, and where in it the keys stand.</param>
internal sealed class KeysInJsonRule(ImportSettings settings, KeysInJson keys) : SentryRule(settings)
{
    public override IReadOnlyList<string> Fields { get; } = [keys.Field];

    internal override ModelLabel Model => keys.Model;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in chunk.Records)
        {
            if (record[keys.Field] is string json && JsonNode.Parse(json) is { } value && Follow(record, chunk.Session, value))
            {
                record[keys.Field] = value.ToJsonString();
            }
        }

        return Task.CompletedTask;
    }

    /// <returns>Whether the value has changed.</returns>
    private bool Follow(ChunkRecord record, ImportSession session, JsonNode value)
    {
        var hasChanged = false;
        foreach (var holder in value is JsonArray list ? list.OfType<JsonObject>() : [value as JsonObject ?? []])
        {
            if (holder[keys.Member] is not JsonValue number || !number.TryGetValue<long>(out var old))
            {
                continue;
            }

            if (session.Find(keys.Target, RecordKey.From(old)) is { } found)
            {
                holder[keys.Member] = found.New.AsInteger();
                hasChanged = true;
            }
            else if (keys.IsNullable)
            {
                holder[keys.Member] = null;
                hasChanged = true;
            }
            else
            {
                record.Drop($"Its field '{keys.Field}' holds, in '{keys.Member}', the key of a record of '{keys.Target}' that is not imported.");
            }
        }

        return hasChanged;
    }
}
