using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Generating;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Hostile;

/// <summary>Spoils copies of a valid backup, each in one way.</summary>
/// <param name="model">The model that the backup fits.</param>
/// <param name="valid">The backup.</param>
/// <param name="seed">Decides which records are spoiled.</param>
internal sealed class BackupSpoiler(RelocationModel model, byte[] valid, ulong seed)
{
    private const int TooDeep = 5_000;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<HostileBackup> _made = [];

    internal IReadOnlyList<HostileBackup> Make()
    {
        SpoilText();
        SpoilRecords();
        SpoilFields();
        return _made;
    }

    private void SpoilText()
    {
        var half = valid.Length / 2;
        Add(HostileDefect.Truncated, "half of the bytes are missing", valid[..half]);
        Add(HostileDefect.Truncated, "the last bracket is missing", valid[..Array.LastIndexOf(valid, (byte)']')]);
        Add(HostileDefect.TrailingText, "a second list follows", [.. valid, .. "[]"u8]);
        var text = valid.ToList();
        var quote = valid.AsSpan().IndexOf("\"model\":\""u8) + "\"model\":\""u8.Length;
        text.InsertRange(quote, [0xC3, 0x28]);
        Add(HostileDefect.InvalidUtf8, "a label holds half a character", [.. text]);
        Add(
            HostileDefect.DeepNesting,
            "an unknown member holds lists within lists",
            Encoding.UTF8.GetBytes($"[{{\"model\":\"{model.Entities[0].Label}\",\"pk\":1,\"fields\":{{\"deep\":"
                + $"{new string('[', TooDeep)}{new string(']', TooDeep)}}}}}]"));
    }

    private void SpoilRecords()
    {
        Change(HostileDefect.DuplicateKey, "a record occurs twice", (all, record) => all.Add(record.DeepClone()));
        Change(HostileDefect.CaseCollision, "a record occurs twice, the second time with its label in capitals", (all, record) =>
        {
            var copy = record.DeepClone().AsObject();
            copy["model"] = copy["model"]!.GetValue<string>().ToUpperInvariant();
            all.Add(copy);
        });
        Change(HostileDefect.UnknownModel, "a record's label is not one of the model's", (_, record) => record["model"] = "nowhere.unknown");
        Change(HostileDefect.UnknownField, "a record has a field more", (_, record) => record["fields"]!["no_such_field"] = 1);
        Change(HostileDefect.MissingKey, "a record has no key", (_, record) => record.Remove("pk"));
        Change(HostileDefect.WrongKind, "a record's fields are a list", (_, record) => record["fields"] = new JsonArray());
        Change(HostileDefect.WrongKind, "a key is an object", (_, record) => record["pk"] = new JsonObject());
        var (records, victim) = Open(static _ => true)!.Value;
        victim["twice"] = 0;
        var doubled = records.ToJsonString(Relaxed).Replace("\"twice\":0", "\"pk\":1,\"pk\":2", StringComparison.Ordinal);
        Add(HostileDefect.DoubledMember, "a record has its key three times", Encoding.UTF8.GetBytes(doubled));
    }

    private void SpoilFields()
    {
        foreach (var reference in from entity in model.Entities
                                  from reference in entity.References
                                  where reference.Fields is [var field] && !entity.IsInKey(field) && model.Find(reference.Target) is not null
                                  select (entity, reference, model.Find(reference.Target)!.Key))
        {
            var (entity, link, key) = reference;
            if (key.Kind is RecordKeyKind.Composite)
            {
                continue;
            }

            ChangeField(HostileDefect.DanglingReference, "leads to no record", entity, link.Fields[0], key.Kind switch
            {
                RecordKeyKind.Integer => long.MaxValue - 7,
                RecordKeyKind.Guid => "00000000-0000-4000-8000-000000000000",
                _ => "~",
            });
        }

        foreach (var (entity, field) in model.Entities.SelectMany(entity => entity.Fields, (entity, field) => (entity, field)).Where(pair => IsPlain(pair.entity, pair.field)))
        {
            if (field.Type is FieldType.Integer or FieldType.Boolean or FieldType.Real && field is { Encoding: FieldEncoding.Native, Converter: null })
            {
                ChangeField(HostileDefect.WrongKind, "is an object", entity, field.Name, new JsonObject { ["a"] = 1 });
            }

            if (!field.IsNullable)
            {
                ChangeField(HostileDefect.NullNotAllowed, "is null", entity, field.Name, null);
            }

            if (field is { Type: FieldType.Text, MaxLength: { } most })
            {
                ChangeField(HostileDefect.TooLong, $"has {most + 1} characters", entity, field.Name, new string('x', most + 1));
            }
        }
    }

    private static bool IsPlain(RelocationEntity entity, RelocationField field) =>
        field.IsInBackup && !field.Name.Contains('.', StringComparison.Ordinal)
        && !entity.References.Any(reference => reference.Fields.Contains(field.Name));

    private void ChangeField(HostileDefect defect, string what, RelocationEntity entity, string field, JsonNode? value)
    {
        if (Open(record => record["model"]!.GetValue<string>() == entity.Label.Value && record["fields"]!.AsObject().ContainsKey(field)) is var (records, victim))
        {
            victim["fields"]![field] = value;
            Add(defect, $"field '{field}' of a record of '{entity.Label}' {what}", Encoding.UTF8.GetBytes(records.ToJsonString(Relaxed)), $"{entity.Label}.{field}");
        }
    }

    private void Change(HostileDefect defect, string description, Action<JsonArray, JsonObject> spoil)
    {
        var (records, victim) = Open(static _ => true)!.Value;
        spoil(records, victim);
        Add(defect, description, Encoding.UTF8.GetBytes(records.ToJsonString(Relaxed)));
    }

    /// <summary>A copy of the records and one of them that is as wanted, or null when none is.</summary>
    private (JsonArray Records, JsonObject Victim)? Open(Predicate<JsonObject> isWanted)
    {
        var records = JsonNode.Parse(valid)!.AsArray();
        var wanted = records.Select(record => record!.AsObject()).Where(record => isWanted(record)).ToList();
        return wanted.Count == 0 ? null : (records, wanted[(int)StableHash.Below(StableHash.At(seed, _made.Count), wanted.Count)]);
    }

    private void Add(HostileDefect defect, string description, byte[] content, string? place = null)
    {
        var number = _made.Count(made => made.Defect == defect && place is null) + 1;
        var name = place is not null ? $"{defect} {place}" : number == 1 ? $"{defect}" : $"{defect} {number}";
        _made.Add(new HostileBackup(name, defect, $"{char.ToUpperInvariant(description[0])}{description[1..]}.", content));
    }
}
