using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Exporting;

/// <summary>The records of one model that a checkpoint has kept.</summary>
internal sealed class CheckpointRecords(BackupContent content, ModelLabel model)
{
    /// <summary>Whether the content is a list of records of the model and nothing else.</summary>
    internal async Task<bool> AreValidAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var record in ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!IsValid(record))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or BackupFormatException or IOException or InvalidDataException)
        {
            return false;
        }
    }

    internal async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = await content.OpenReadAsync(0, cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        await foreach (var record in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            yield return record;
        }
    }

    /// <summary>Notes a record's keys, where others may refer to it by them.</summary>
    internal static void Note(JsonElement record, RelocationEntity entity, IReadOnlyList<(int[] Columns, KeySet Keys)> noted)
    {
        foreach (var (columns, keys) in noted)
        {
            // The key's own columns come first.
            if (columns.Length == entity.Key.Fields.Count && columns[0] == 0)
            {
                keys.Add(KeyOf(record.GetProperty("pk"), entity)!.Value);
            }
            else if (Alternate(record.GetProperty("fields"), entity, columns) is { } key)
            {
                keys.Add(key);
            }
        }
    }

    private bool IsValid(JsonElement record) =>
        record.ValueKind == JsonValueKind.Object
        && record.TryGetProperty("model", out var label) && label.ValueKind == JsonValueKind.String && label.GetString() == model.Value
        && record.TryGetProperty("pk", out var key) && KeyOf(key) is not null
        && record.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Object;

    private static RecordKey? KeyOf(JsonElement value) =>
        value.ValueKind != JsonValueKind.Null && JsonKey.TryRead(Encoding.UTF8.GetBytes(value.GetRawText()), out var key) ? key : null;

    private static RecordKey? KeyOf(JsonElement value, RelocationEntity entity)
    {
        var kinds = entity.Key.Fields.Select((_, part) => entity.Key.PartKind(part)).ToArray();
        return JsonKey.TryRead(Encoding.UTF8.GetBytes(value.GetRawText()), kinds, out var key) ? key : KeyOf(value);
    }

    private static RecordKey? Alternate(JsonElement fields, RelocationEntity entity, int[] columns)
    {
        var all = entity.WrittenFields.ToList();
        var parts = new List<RecordKey>();
        foreach (var column in columns)
        {
            if (!fields.TryGetProperty(all[column].Name, out var value) || KeyOf(value) is not { } part)
            {
                return null;
            }

            parts.Add(part);
        }

        return parts.Count == 1 ? parts[0] : RecordKey.From(parts);
    }
}
