using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Small models and backups, made where a test needs them.</summary>
/// <param name="engine">The engine of the models.</param>
internal sealed class Made(DatabaseEngine engine)
{
    internal RelocationEntity Entity(string name, IReadOnlyList<RelocationField> fields, params RelocationReference[] references) =>
        Keyed(name, Key(FieldType.Integer), fields, references);

    internal static RelocationEntity Keyed(
        string name, RelocationKey key, IReadOnlyList<RelocationField> fields, params RelocationReference[] references) => new()
        {
            Label = ModelLabel.Parse($"made.{name}"),
            Table = name,
            Key = key,
            Fields = fields,
            References = references,
        };

    internal RelocationKey Key(FieldType type, KeyPolicy policy = KeyPolicy.Remap) => new()
    {
        Fields = [Field("id", type)],
        Policy = policy,
        HasCounter = type == FieldType.Integer && policy == KeyPolicy.Remap,
    };

    internal RelocationField Field(string name, FieldType type = FieldType.Integer, bool nullable = false, FieldDefault? value = null) => new()
    {
        Name = name,
        Column = name,
        Type = type,
        StoreType = StoreType(type),
        IsNullable = nullable,
        Default = value,
    };

    internal RelocationField Nullable(string name) => HandMadeModel.Integer(engine, name, nullable: true);

    internal static RelocationReference To(string target, string field, UnresolvedReferencePolicy? policy = null, string? onDelete = null) => new()
    {
        Name = field,
        Fields = [field],
        Target = ModelLabel.Parse($"made.{target}"),
        OnUnresolved = policy,
        OnDelete = onDelete,
    };

    /// <summary>A backup of records such as <c>node 1 {"parent":2}</c>, one a line.</summary>
    internal static Backup Backup(string records)
    {
        var array = new JsonArray();
        foreach (var line in records.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(' ', 3);
            array.Add(new JsonObject
            {
                ["model"] = $"made.{parts[0]}",
                ["pk"] = JsonNode.Parse(parts[1]),
                ["fields"] = JsonNode.Parse(parts.Length > 2 ? parts[2] : "{}"),
            });
        }

        return Testing.Backup.FromJson(array.ToJsonString(), "made");
    }

    private string StoreType(FieldType type) => (engine.Name, type) switch
    {
        ("SQLite", FieldType.Integer) => "INTEGER",
        ("SQLite", _) => "TEXT",
        (_, FieldType.Integer) => "bigint",
        (_, FieldType.Guid) => "uuid",
        (_, FieldType.Instant) => "timestamp with time zone",
        _ => "text",
    };
}
