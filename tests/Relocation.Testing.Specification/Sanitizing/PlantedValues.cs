using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Specification.Sanitizing;

/// <summary>Plants a value into each text, date, bytes and member of JSON that a backup holds, once before sanitising and once after it.</summary>
internal static class PlantedValues
{
    private const string Planted = "Planted value 1815-A";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>
    /// Checks that a value that stays is a leak where its field has a rule, that it is listed as kept where it has none, and that it is
    /// neither where the rule keeps it.
    /// </summary>
    /// <returns>How many fields had a rule, and how many none.</returns>
    internal static async Task<(int Ruled, int Unruled)> CheckAsync(RelocationModel model, string original)
    {
        var (ruled, unruled) = (0, 0);
        var seen = new HashSet<string>();
        var records = JsonNode.Parse(original)!.AsArray();
        for (var index = 0; index < records.Count; index++)
        {
            var entity = model.Find(ModelLabel.Parse((string)records[index]!["model"]!))!;
            foreach (var path in LeavesOf(records[index]!["fields"]!, string.Empty).Where(path => TypeOf(entity, NameOf(path)) is not null && seen.Add($"{entity.Label} {NameOf(path)}")))
            {
                var (found, isRuled) = await CheckAsync(model, entity, original, index, path);
                ruled += found && isRuled ? 1 : 0;
                unruled += found && !isRuled ? 1 : 0;
            }
        }

        return (ruled, unruled);
    }

    private static async Task<(bool Found, bool IsRuled)> CheckAsync(RelocationModel model, RelocationEntity entity, string original, int index, string path)
    {
        var name = NameOf(path);
        var before = JsonNode.Parse(original)!.AsArray();
        var value = TypeOf(entity, name) switch
        {
            FieldType.Bytes => Convert.ToBase64String("planted value"u8),
            FieldType.Date or FieldType.DateTime or FieldType.Instant => (string)At(before[index]!["fields"]!, path)!,
            _ => Planted,
        };
        Put(before[index]!["fields"]!, path, value);
        var options = new SanitizeOptions { Model = model, Seed = "s" };
        var listed = JsonElement.Parse(await BackupSanitizer.ListRulesAsync(options, Backup.FromJson(before.ToJsonString()), Cancel));
        var kind = listed.GetProperty("sanitize").GetProperty(entity.Label.Value).GetProperty(name) is { ValueKind: JsonValueKind.Object } rule ? rule.GetProperty("kind").GetString() : null;

        using var stream = new MemoryStream();
        await BackupSanitizer.SanitizeAsync(Backup.FromJson(before.ToJsonString()), BackupDestination.ToStream(stream), options, Cancel);
        var after = JsonNode.Parse(stream.ToArray())!.AsArray();
        var clean = await AuditAsync();
        Put(after[index]!["fields"]!, path, value);
        var planted = await AuditAsync();

        var message = $"{entity.Label}.{name} ({kind ?? "no rule"})";
        var pointer = $"/{index}/fields/{path.Replace('.', '/')}";
        var isLeak = planted.Findings.Any(finding => finding.RightPlace!.Pointer.StartsWith(pointer, StringComparison.Ordinal));
        var isKept = planted.Kept.Any(kept => kept.Model == entity.Label && kept.Field == name);
        Assert.True(clean.Count == 0, $"{message}: a leak without a planted value, {string.Join(", ", clean.Findings)}");
        Assert.True(isLeak == kind is not (null or "keep"), $"{message}: leak {isLeak}");
        Assert.True(isKept == kind is null, $"{message}: kept {isKept}");
        return (true, kind is not null);

        Task<LeakAuditResult> AuditAsync() =>
            LeakAudit.RunAsync(Backup.FromJson(before.ToJsonString()), Backup.FromJson(after.ToJsonString()), new LeakAuditOptions { Model = model }, Cancel);
    }

    /// <summary>The paths of all strings, with the positions of elements.</summary>
    private static IEnumerable<string> LeavesOf(JsonNode node, string prefix) => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null && !member.Key.Contains('.')).SelectMany(member => LeavesOf(member.Value!, $"{prefix}{member.Key}.")),
        JsonArray items => items.SelectMany((item, index) => item is null ? [] : LeavesOf(item, $"{prefix}{index}.")),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [prefix[..^1]],
        _ => [],
    };

    /// <summary>The path without the positions of elements, as rules name it.</summary>
    private static string NameOf(string path) => string.Join('.', path.Split('.').Where(part => !int.TryParse(part, out _)));

    /// <summary>What a field holds; null where it is none that is looked for: numbers, times, members of enums, and keys of other records.</summary>
    private static FieldType? TypeOf(RelocationEntity rows, string name)
    {
        if (rows.Children.FirstOrDefault(child => name.StartsWith($"{child.Name}.", StringComparison.Ordinal)) is { HoldsKeys: false } owner)
        {
            return TypeOf(owner.Rows, name[(owner.Name.Length + 1)..]);
        }

        var field = rows.Fields.FirstOrDefault(field => field.Name == name) ?? rows.Fields.FirstOrDefault(field => field.Type == FieldType.Json && name.StartsWith($"{field.Name}.", StringComparison.Ordinal));
        return field is null || field.Name == rows.TypeField || IsEnum(field) || (field.Element is { } element && (IsEnum(element) || element.Type != FieldType.Text))
            || rows.References.Any(reference => reference.Fields.Contains(field.Name)) ? null : field.Type switch
            {
                FieldType.Text or FieldType.Array or FieldType.Bytes or FieldType.Date or FieldType.DateTime or FieldType.Instant => field.Type,
                FieldType.Json when field.Members.Count == 0 => FieldType.Text,
                _ => null,
            };
    }

    private static bool IsEnum(RelocationField field) => (Nullable.GetUnderlyingType(field.ClrType ?? typeof(string)) ?? field.ClrType)?.IsEnum == true;

    private static JsonNode? At(JsonNode node, string path) => path.Split('.').Aggregate((JsonNode?)node, (at, part) => at is JsonArray items ? items[int.Parse(part, null)] : at![part]);

    private static void Put(JsonNode node, string path, string value)
    {
        var dot = path.LastIndexOf('.');
        var owner = dot < 0 ? node : At(node, path[..dot])!;
        if (owner is JsonArray items)
        {
            items[int.Parse(path[(dot + 1)..], null)] = value;
        }
        else
        {
            owner[path[(dot + 1)..]] = value;
        }
    }
}
