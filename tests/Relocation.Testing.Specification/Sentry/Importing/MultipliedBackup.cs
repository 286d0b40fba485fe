using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>A real backup of Sentry, many times over, with fresh keys and names: nothing in it collides.</summary>
public static class MultipliedBackup
{
    /// <summary>More than any key of the backups that are multiplied; their keys are small.</summary>
    private const long Distance = 1_000_000;

    /// <summary>Text that means something; what else is in their unique sets differs.</summary>
    private static readonly string[] Kept = ["type", "provider", "version", "ip_address"];

    /// <summary>Makes the backup.</summary>
    /// <param name="json">The backup's text.</param>
    /// <param name="model">The model, whose references and unique sets say what has to differ.</param>
    /// <param name="times">How many copies.</param>
    /// <param name="stream">Takes the text.</param>
    public static void Write(string json, RelocationModel model, int times, Stream stream)
    {
        var records = JsonNode.Parse(json)!.AsArray().Select(record => record!.AsObject()).ToList();
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartArray();

        // Records of one model stay together, as in an export.
        foreach (var group in records.GroupBy(record => (string)record["model"]!))
        {
            var entity = model.Find(ModelLabel.Parse(group.Key));
            for (var copy = 0; copy < times; copy++)
            {
                foreach (var record in group)
                {
                    Copy(record, entity, copy).WriteTo(writer);
                }
            }
        }

        writer.WriteEndArray();
    }

    private static JsonObject Copy(JsonObject record, RelocationEntity? entity, int copy)
    {
        var made = record.DeepClone().AsObject();
        if (entity is null || copy == 0)
        {
            return made;
        }

        made["pk"] = (long)made["pk"]! + (copy * Distance);
        var fields = made["fields"]!.AsObject();
        foreach (var name in entity.References.SelectMany(reference => reference.Fields).Where(name => fields[name] is JsonValue).Distinct().ToList())
        {
            fields[name] = (long)fields[name]! + (copy * Distance);
        }

        foreach (var name in entity.Uniques.SelectMany(unique => unique.Fields).Distinct()
            .Where(name => fields[name]?.GetValueKind() == JsonValueKind.String && !Kept.Contains(name)).ToList())
        {
            fields[name] = Fresh((string)fields[name]!, entity.Fields.FirstOrDefault(field => field.Name == name)?.MaxLength, copy);
        }

        return made;
    }

    /// <summary>Text that differs in each copy and is as long as it may be; e-mail addresses stay such.</summary>
    private static string Fresh(string text, int? longest, int copy)
    {
        if (Guid.TryParse(text, out _))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{text[..^6]}{copy:x6}");
        }

        var mark = string.Create(CultureInfo.InvariantCulture, $"{copy:x}x");
        return mark + text[..Math.Min(text.Length, (longest ?? int.MaxValue) - mark.Length)];
    }
}
