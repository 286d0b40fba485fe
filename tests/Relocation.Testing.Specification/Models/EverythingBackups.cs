using System.Globalization;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Specification.Models;

/// <summary>Invents backups of any model by its description: hierarchies, members that become rows, and alternate keys included.</summary>
internal sealed class EverythingBackups
{
    private const int MostRecords = 6;

    private readonly RelocationModel _model;
    private readonly Random _random;
    private readonly Dictionary<RelocationEntity, List<(RelocationType? Type, JsonNode Key, JsonObject Fields)>> _records = [];
    private readonly HashSet<string> _used = [];
    private readonly Dictionary<string, RelocationChild> _arrays = [];

    private EverythingBackups(RelocationModel model, int seed)
    {
        _model = model;
        _random = new Random(seed);
    }

    internal static JsonArray Invent(RelocationModel model, int seed) => new EverythingBackups(model, seed).Run();

    private JsonArray Run()
    {
        foreach (var entity in _model.Entities.Where(entity => entity.Key.Kind != RecordKeyKind.Composite))
        {
            _records[entity] = [.. Enumerable.Range(1, _random.Next(1, MostRecords)).Select(number => (
                entity.Types.Count == 0 ? null : entity.Types[_random.Next(entity.Types.Count)], KeyOf(entity, number), new JsonObject()))];
        }

        var backup = new JsonArray();
        var order = ImportPlan.For(_model).Models.Select(planned => planned.Entity).OrderBy(entity => entity.Key.Kind == RecordKeyKind.Composite);
        foreach (var entity in order)
        {
            if (entity.Key.Kind == RecordKeyKind.Composite)
            {
                Links(entity).ForEach(backup.Add);
                continue;
            }

            foreach (var (type, key, fields) in _records[entity])
            {
                Fill(fields, type?.Rows ?? entity, entity, key);
                backup.Add(Record(entity, type, key, fields));
            }
        }

        return backup;
    }

    private JsonObject Record(RelocationEntity entity, RelocationType? type, JsonNode key, JsonObject fields)
    {
        var label = type?.Label ?? entity.Label;
        if (type is not null && (type.Label == entity.Label || _random.Next(2) == 0))
        {
            label = entity.Label;
            fields[entity.TypeField!] = JsonNode.Parse(type.Discriminator);
        }

        return new JsonObject { ["model"] = label.Value, ["pk"] = key.DeepClone(), ["fields"] = fields.DeepClone() };
    }

    private JsonValue KeyOf(RelocationEntity entity, int number) => entity.Key.Kind switch
    {
        RecordKeyKind.Guid => JsonValue.Create(Guid()),
        RecordKeyKind.Text => JsonValue.Create($"{number}{Text(6)}"),
        _ => JsonValue.Create((number * 7) + _random.Next(7)),
    };

    private Guid Guid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private void Fill(JsonObject fields, RelocationEntity rows, RelocationEntity owner, JsonNode key, RelocationChild? child = null)
    {
        var present = rows.Fields.Select(field => field.Object).OfType<string>().Distinct().ToDictionary(name => name, _ => _random.Next(4) > 0);
        var provided = child is null ? [] : child.OwnerFields.Append(child.Number).ToList();
        var members = child is null ? rows.Fields : [.. rows.Key.Fields, .. rows.Fields];
        foreach (var field in members.Where(field => field.Name != rows.TypeField && !provided.Contains(field.Name)))
        {
            var outer = field.Object is { } held && present.Any(other => held.StartsWith(other.Key, StringComparison.Ordinal) && !other.Value);
            if (outer || (field.Default is { Kind: FieldDefaultKind.Database } && _random.Next(2) == 0))
            {
                continue;
            }

            var isReference = rows.References.Any(reference => reference.Fields.Contains(field.Name));
            if (!isReference)
            {
                var isUnique = rows.Uniques.Any(unique => unique.Fields.Contains(field.Name));
                Set(fields, field.Name, isUnique ? Unique(field, owner) : Value(field));
            }
        }

        foreach (var reference in rows.References)
        {
            Refer(fields, rows, reference);
        }

        foreach (var member in rows.Children)
        {
            AddChild(fields, member, owner, key);
        }
    }

    private void Refer(JsonObject fields, RelocationEntity rows, RelocationReference reference)
    {
        var first = rows.FindField(reference.Fields[0])!;
        var candidates = _records[_model.Find(reference.Target)!]
            .Where(record => reference.TargetTypes.Count == 0 || reference.TargetTypes.Contains(record.Type!.Label)).ToList();
        if (first.Object is { } held && Find(fields, held) is null)
        {
            return;
        }

        if (candidates.Count == 0 || (first.IsNullable && _random.Next(3) == 0))
        {
            foreach (var field in reference.Fields)
            {
                Set(fields, field, null);
            }

            return;
        }

        var target = candidates[_random.Next(candidates.Count)];
        for (var part = 0; part < reference.Fields.Count; part++)
        {
            Set(fields, reference.Fields[part], reference.TargetFields.Count == 0 ? target.Key.DeepClone() : target.Fields[reference.TargetFields[part]]!.DeepClone());
        }
    }

    private void AddChild(JsonObject fields, RelocationChild child, RelocationEntity owner, JsonNode key)
    {
        if (child.HoldsKeys)
        {
            // One side of a many-to-many relation holds keys; other pairs are records of the join table.
            if (_arrays.TryAdd(child.Rows.Table, child) || _arrays[child.Rows.Table] == child)
            {
                var targets = _records[_model.Find(child.Rows.References[0].Target)!].Where(_ => _random.Next(3) == 0).ToList();
                targets.ForEach(target => _used.Add(Pair(child.Rows.Table, (child.OwnerFields[0], key), (child.Rows.References[0].Fields[0], target.Key))));
                Set(fields, child.Name, new JsonArray([.. targets.Select(target => target.Key.DeepClone())]));
            }

            return;
        }

        if (child.IsSingle)
        {
            Set(fields, child.Name, _random.Next(4) == 0 && !child.IsRequired ? null : Row());
        }
        else if (_random.Next(5) > 0)
        {
            Set(fields, child.Name, new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Row())]));
        }

        JsonObject Row()
        {
            var row = new JsonObject();
            Fill(row, child.Rows, owner, key, child);
            return row;
        }
    }

    private List<JsonObject> Links(RelocationEntity join)
    {
        var links = new List<JsonObject>();
        var ends = join.Key.Fields.Select(field => join.References.First(reference => reference.Fields[0] == field.Name)).ToList();
        for (var i = _random.Next(MostRecords); i > 0; i--)
        {
            var keys = ends.Select(end => _records[_model.Find(end.Target)!]).Select(records => records[_random.Next(records.Count)].Key).ToList();
            if (_used.Add(Pair(join.Table, (ends[0].Fields[0], keys[0]), (ends[1].Fields[0], keys[1]))))
            {
                var fields = new JsonObject();
                foreach (var field in join.Fields)
                {
                    Set(fields, field.Name, Value(field));
                }

                links.Add(new JsonObject { ["model"] = join.Label.Value, ["pk"] = new JsonArray([.. keys.Select(key => key.DeepClone())]), ["fields"] = fields });
            }
        }

        return links;
    }

    private static string Pair(string table, params (string Column, JsonNode Key)[] ends) =>
        $"{table} {string.Join(' ', ends.OrderBy(end => end.Column, StringComparer.Ordinal).Select(end => $"{end.Column}={end.Key}"))}";

    private JsonNode? Unique(RelocationField field, RelocationEntity entity)
    {
        while (true)
        {
            var value = field.Type == FieldType.Guid ? JsonValue.Create(Guid()) : Value(field, mayBeNull: false);
            if (_used.Add($"{entity.Table} {field.Name} {value?.ToJsonString()}"))
            {
                return value;
            }
        }
    }

    private JsonNode? Value(RelocationField field, bool mayBeNull = true)
    {
        if (mayBeNull && field.IsNullable && _random.Next(4) == 0)
        {
            return null;
        }

        var type = field.ClrType is null ? null : Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;
        if (type is { IsEnum: true })
        {
            // JSON that EF Core reads by itself holds numbers.
            var value = _random.Next(Enum.GetValues(type).Length);
            return field.JsonForm is null ? JsonValue.Create(Enum.GetName(type, value)) : JsonValue.Create(value);
        }

        return field.Type switch
        {
            _ when field.Name == "json" => new JsonObject { ["a"] = _random.Next(9), ["b"] = new JsonArray(Text(9), null, true) },
            _ when type == typeof(byte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong) => JsonValue.Create(_random.Next(256)),
            FieldType.Integer => JsonValue.Create(_random.Next(-128, 128)),
            FieldType.Boolean => JsonValue.Create(_random.Next(2) == 0),
            FieldType.Real => JsonValue.Create(_random.Next(-9_999, 9_999) / 8.0),
            FieldType.Decimal => JsonValue.Create(_random.Next(-99_999, 99_999) / 100m),
            FieldType.Text => JsonValue.Create(Text(Math.Min(field.MaxLength ?? 30, 30))),
            FieldType.Bytes => JsonValue.Create(Convert.ToBase64String(Guid().ToByteArray()[.._random.Next(16)])),
            FieldType.Guid => JsonValue.Create(Guid()),
            FieldType.DateTime => JsonValue.Create(Moment().ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture)),
            FieldType.Instant => JsonValue.Create(Moment().ToString("yyyy-MM-ddTHH:mm:ss.fff+02:00", CultureInfo.InvariantCulture)),
            FieldType.Date => JsonValue.Create(Moment().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            FieldType.Time => JsonValue.Create(Moment().ToString("HH:mm:ss", CultureInfo.InvariantCulture)),
            FieldType.Duration => JsonValue.Create(TimeSpan.FromSeconds(_random.Next(86_400)).ToString("c", CultureInfo.InvariantCulture)),
            FieldType.Array => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(field.Element!))]),
            _ when field.Element is { } item => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Members(item))]),
            _ => Members(field),
        };
    }

    private JsonObject Members(RelocationField field) =>
        new(field.Members.Select(member => KeyValuePair.Create(member.Name, Value(member))));

    private DateTime Moment() => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(_random.Next(99_999_999));

    private string Text(int length)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzäß\"\\é ";
        return string.Concat(Enumerable.Range(0, _random.Next(1, length + 1)).Select(_ => Letters[_random.Next(Letters.Length)]));
    }

    private static JsonNode? Find(JsonObject fields, string path)
    {
        JsonNode? at = fields;
        foreach (var name in path.Split('.'))
        {
            at = (at as JsonObject)?[name];
        }

        return at;
    }

    private static void Set(JsonObject fields, string path, JsonNode? value)
    {
        var names = path.Split('.');
        var at = fields;
        foreach (var name in names[..^1])
        {
            at = (JsonObject)(at[name] ??= new JsonObject());
        }

        at[names[^1]] = value;
    }
}
