using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Catalogue;

namespace Relocation.Testing.Sentry.Fixtures;

/// <summary>Makes two records of every model of a version: a full one, then a bare one.</summary>
internal sealed class ExhaustiveInstance
{
    private const int Variants = 2;

    /// <summary>Keys that the application generates itself are above 32 bits.</summary>
    private const long Snowflake = 1L << 52;

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Fields of which exactly one, or at most one, may be set.</summary>
    private static readonly (string Model, string[] Fields)[] Exclusive =
    [
        ("sentry.rulesnooze", ["rule", "alert_rule"]),
        ("sentry.monitor", ["owner_user_id", "owner_team_id"]),
        ("monitors.monitor", ["owner_user_id", "owner_team_id"]),
        ("sentry.rule", ["owner_user_id", "owner_team"]),
        ("sentry.dashboard", ["created_by_id", "prebuilt_id"]),
        ("workflow_engine.detector", ["owner_user_id", "owner_team"]),
        ("workflow_engine.detector", ["owner_user_id", "owner_team_id"]),
        ("workflow_engine.alertruledetector", ["alert_rule_id", "rule_id"]),
        ("workflow_engine.alertruleworkflow", ["alert_rule_id", "rule_id"]),
    ];

    /// <summary>Values that imports interpret, as the backup writes them; {0} is 1 or 2.</summary>
    private static readonly Dictionary<string, string> Special = new()
    {
        ["sentry.useroption.key"] = "timezone",
        ["sentry.useroption.value"] = "\"Europe/Vienna\"",
        ["workflow_engine.datasource.type"] = "cron_monitor",
        ["workflow_engine.datasource.source_id"] = "{0}",
        ["sentry.userip.ip_address"] = "192.0.2.{0}",
        ["sentry.projectoption.key"] = "sentry:option-epoch",
        ["sentry.userpermission.permission"] = "users.admin",
        ["sentry.savedsearch.visibility"] = "organization",
        ["sentry.projectkey.public_key"] = "0123456789abcdef0123456789abcde{0}",
        ["sentry.projectkey.secret_key"] = "f123456789abcdef0123456789abcde{0}",
    };

    private readonly SentryCatalogue _catalogue;
    private readonly RelocationModel _model;

    internal ExhaustiveInstance(string version)
    {
        _catalogue = CatalogueReader.Read(version);

        // Column types do not matter here, and a model of SQLite's needs no driver.
        _model = RelocationModel.Create($"sentry@{version}", new EntityBuilder(_catalogue, StoreTypes.OfSqlite).Build());
    }

    internal string ToJson() => new JsonArray([.. ImportPlan.For(_model).Order
        .SelectMany(entity => Enumerable.Range(0, Variants).Select(variant => (JsonNode?)Record(entity, variant)))])
        .ToJsonString(Written);

    private JsonObject Record(RelocationEntity entity, int variant)
    {
        var label = entity.Label.Value;
        var fields = new JsonObject();
        foreach (var (name, field) in _catalogue.Models[label].Fields)
        {
            fields[name] = IsSet(label, name, field, variant) ? Value(label, name, field, entity, variant) : null;
        }

        return new JsonObject { ["model"] = label, ["pk"] = Key(label, variant), ["fields"] = fields };
    }

    private long Key(string label, int variant) => (_catalogue.Models[label].Snowflake ? Snowflake : 0) + variant + 1;

    private bool IsSet(string label, string name, CatalogueField field, int variant)
    {
        if (field.Reference is { } reference && !_catalogue.Models.ContainsKey(reference.To))
        {
            return false;
        }

        var alternatives = Array.Find(Exclusive, exclusive => exclusive.Model == label && exclusive.Fields.Contains(name)
            && exclusive.Fields.All(_catalogue.Models[label].Fields.ContainsKey)).Fields;
        return alternatives is not null
            ? alternatives[variant] == name
            : variant == 0 || !field.IsNullable || (field.Former is not null && Special.ContainsKey($"{label}.{name}"));
    }

    private JsonNode Value(string label, string name, CatalogueField field, RelocationEntity entity, int variant)
    {
        if (Special.TryGetValue($"{label}.{name}", out var special))
        {
            var written = string.Format(CultureInfo.InvariantCulture, special, variant + 1);
            return field.Former is null ? JsonValue.Create(written) : JsonNode.Parse(written)!;
        }

        if (field.Reference is { } reference)
        {
            return JsonValue.Create(Key(reference.To, variant));
        }

        return field.Dump switch
        {
            "number" => field.Type == "double precision" ? JsonValue.Create(variant + 0.5) : JsonValue.Create(variant + 1),
            "boolean" => JsonValue.Create(variant == 0),
            "datetime-ms-z" => JsonValue.Create($"2024-0{variant + 1}-02T03:04:05.006Z"),
            "decimal-string" => JsonValue.Create("1"),
            "uuid-string" => JsonValue.Create(new Guid(variant + 1, 0, 0, new byte[8]).ToString()),
            "json-native" => new JsonObject { ["made"] = variant + 1 },
            "json-string" => JsonValue.Create("{}"),
            "scalar-or-json-string" => JsonValue.Create($"\"{name} {variant + 1}\""),
            "python-list-repr-string" or "json-list-string" => JsonValue.Create(List(field.Type)),
            _ => JsonValue.Create(Text(name, entity, variant)),
        };
    }

    /// <summary>A list of one item, which is a list itself where the type says so.</summary>
    private static string List(string type)
    {
        var item = type[..^2];
        return item.EndsWith("[]", StringComparison.Ordinal) ? $"[{List(item)}]" : item == "double precision" ? "[1.5]" : "[\"made\"]";
    }

    private static string Text(string name, RelocationEntity entity, int variant)
    {
        var text = name.Contains("email", StringComparison.Ordinal) ? $"user{variant + 1}@example.com" : $"{name.Replace('_', '-')}-{(char)('a' + variant)}";
        var longest = entity.Fields.First(field => field.Name == name).MaxLength ?? text.Length;
        return text.Length <= longest ? text : text[^longest..];
    }
}
