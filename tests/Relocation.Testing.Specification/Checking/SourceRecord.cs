using System.Text.Json;

namespace Relocation.Testing.Specification.Checking;

/// <summary>A record of a backup as <c>System.Text.Json</c> reads it.</summary>
internal sealed record SourceRecord(RelocationEntity? Entity, string Label, JsonElement Pk, JsonElement Fields)
{
    /// <summary>The key's parts, in one form.</summary>
    internal IReadOnlyList<string> KeyParts { get; } = Entity is null
        ? [Pk.GetRawText()]
        : [.. (Pk.ValueKind == JsonValueKind.Array ? [.. Pk.EnumerateArray()] : new[] { Pk })
            .Select((part, index) => StoredText.OfJson(Entity.Key.Fields[index], part)!)];

    internal string Key => string.Join('|', KeyParts);

    internal static IReadOnlyList<SourceRecord> Read(string json, RelocationModel model) =>
    [
        .. JsonElement.Parse(json).EnumerateArray().Select(record => new SourceRecord(
            model.Find(ModelLabel.Parse(record.GetProperty("model").GetString()!)),
            record.GetProperty("model").GetString()!.ToLowerInvariant(),
            record.GetProperty("pk"),
            record.GetProperty("fields"))),
    ];

    /// <summary>The key in the library's own type, for comparison with maps.</summary>
    internal RecordKey ToKey()
    {
        var parts = KeyParts.Select((part, index) => Entity!.Key.PartKind(index) switch
        {
            RecordKeyKind.Integer => RecordKey.From(long.Parse(part, System.Globalization.CultureInfo.InvariantCulture)),
            RecordKeyKind.Guid => RecordKey.From(Guid.Parse(part)),
            _ => RecordKey.From(part),
        }).ToList();
        return parts.Count == 1 ? parts[0] : RecordKey.From(parts);
    }

    /// <summary>The member of that field, under any of its names; null when it is absent.</summary>
    internal JsonElement? Find(RelocationField field) =>
        field.AllNames.Select(Find).FirstOrDefault(found => found is not null);

    /// <summary>The key that a reference holds, in one form, or null when a part of it is null or absent.</summary>
    internal string? KeyOf(RelocationReference reference, RelocationEntity target)
    {
        var parts = reference.Fields.Select((name, index) =>
        {
            var keyPart = Entity!.Key.Fields.ToList().FindIndex(field => field.Name == name);
            return keyPart >= 0 ? KeyParts[keyPart] : StoredText.OfJson(target.Key.Fields[index], Find(Entity.FindField(name)!));
        }).ToList();
        return parts.Contains(null) ? null : string.Join('|', parts);
    }

    private JsonElement? Find(string path)
    {
        var at = Fields;
        foreach (var name in path.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Null)
            {
                return at;
            }

            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at;
    }
}
