using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Models;

namespace Relocation.Testing.Specification.Exporting;

/// <summary>What is exported is what was imported: through the file and back, value by value and byte by byte.</summary>
public abstract class RoundTripSpecification(DatabaseUnderTest engine)
{
    private static readonly int RandomBackups = Extent.Rounds(100);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_comes_back_value_by_value_and_byte_by_byte()
    {
        await using var database = await engine.EverythingAsync();
        var options = Preserving(database.Model);
        var compared = 0L;
        await Gen.Int[0, int.MaxValue].SampleAsync(
            async seed =>
            {
                var original = EverythingBackups.Invent(database.Model, seed);
                await database.ResetAsync(Cancel);
                await database.ImportAsync(Backup.FromJson(ShopBackups.Shuffle(original, new Random(seed)).ToJsonString()), options, Cancel);
                var first = await database.ExportToJsonAsync(null, Cancel);

                await database.ResetAsync(Cancel);
                var result = await database.ImportAsync(Backup.FromJson(first, "first export"), options, Cancel);

                Assert.True(result.Drift.IsEmpty, string.Join(", ", result.Drift.UnknownFields.Concat(result.Drift.DefaultedFields).Select(drift => $"{drift.Model}.{drift.Field}")));
                await using (var context = database.CreateContext())
                {
                    compared += await new EverythingReadBack(context, database.Model, result.Map, EverythingDatabases.Defaults)
                        .CompareAsync(JsonElement.Parse(original.ToJsonString()));
                }

                Assert.Equal(first, await database.ExportToJsonAsync(null, Cancel));
            },
            iter: RandomBackups,
            threads: 1);

        Assert.True(compared > 100 * RandomBackups, $"{compared} values in {RandomBackups} backups are too few.");
    }

    [Fact]
    public async Task Shop_comes_back_byte_by_byte_with_its_keys_and_equal_up_to_keys_without()
    {
        await using var database = await engine.ShopAsync();
        var options = Preserving(database.Model);
        var counted = Preserving(database.Model, entity => entity.Key.Kind != RecordKeyKind.Integer);
        var records = 0L;
        await Gen.Int[0, int.MaxValue].SampleAsync(
            async seed =>
            {
                var json = ShopBackups.Shuffle(await ShopBackups.InventAsync(database.Model, seed), new Random(seed)).ToJsonString();
                await database.ResetAsync(Cancel);
                await database.ImportAsync(Backup.FromJson(json), options, Cancel);
                var kept = await database.ExportToJsonAsync(null, Cancel);
                await database.ResetAsync(Cancel);
                await database.ImportAsync(Backup.FromJson(kept), options, Cancel);
                Assert.Equal(kept, await database.ExportToJsonAsync(null, Cancel));

                // Counted keys are given in the order of the backup, which is that of its keys.
                await database.ResetAsync(Cancel);
                var result = await database.ImportAsync(Backup.FromJson(kept), counted, Cancel);
                var anew = await database.ExportToJsonAsync(null, Cancel);
                Assert.True(JsonNode.DeepEquals(Rekeyed(database.Model, kept, result.Map), JsonNode.Parse(anew)));
                records += result.Map.Count;
            },
            iter: RandomBackups,
            threads: 1);

        Assert.True(records > 10 * RandomBackups, $"{records} records in {RandomBackups} backups are too few.");
    }

    private static ImportOptions Preserving(RelocationModel model, Func<RelocationEntity, bool>? isKept = null) => new()
    {
        Models = model.Entities.Where(entity => entity.Key.Policy == KeyPolicy.Remap && isKept?.Invoke(entity) != false)
            .ToDictionary(entity => entity.Label, _ => new ModelOptions { Keys = KeyPolicy.Preserve }),
        UnknownModels = DriftPolicy.Refuse,
    };

    /// <summary>The backup with the keys that its records have got.</summary>
    private static JsonArray Rekeyed(RelocationModel model, string json, PrimaryKeyMap map)
    {
        var records = JsonNode.Parse(json)!.AsArray();
        foreach (var record in records)
        {
            var entity = model.Find(ModelLabel.Parse(record!["model"]!.GetValue<string>()))!;
            record["pk"] = New(entity, record["pk"]!);
            foreach (var reference in entity.References.Where(reference => reference.TargetFields.Count == 0))
            {
                Point(record["fields"]!.AsObject(), reference, model.Find(reference.Target)!);
            }
        }

        return records;

        void Point(JsonObject fields, RelocationReference reference, RelocationEntity target)
        {
            if (reference.Fields.All(field => fields.TryGetPropertyValue(field, out var part) && part is not null))
            {
                var old = reference.Fields.Select(field => fields[field]!.DeepClone()).ToArray();
                var key = New(target, old.Length == 1 ? old[0] : new JsonArray(old));
                for (var part = 0; part < old.Length; part++)
                {
                    fields[reference.Fields[part]] = old.Length == 1 ? key.DeepClone() : key[part]!.DeepClone();
                }
            }
        }

        JsonNode New(RelocationEntity entity, JsonNode old) => Node(map.NewKey(entity.Label, Key(old)));

        RecordKey Key(JsonNode node) => node switch
        {
            JsonArray parts => RecordKey.From([.. parts.Select(part => Key(part!))]),
            _ when node.GetValueKind() == JsonValueKind.Number => RecordKey.From(node.GetValue<long>()),
            _ => Guid.TryParse(node.GetValue<string>(), out var guid) ? RecordKey.From(guid) : RecordKey.From(node.GetValue<string>()),
        };

        JsonNode Node(RecordKey key) => key.Kind switch
        {
            RecordKeyKind.Composite => new JsonArray([.. key.Parts.Select(Node)]),
            RecordKeyKind.Integer => JsonValue.Create(key.AsInteger()),
            RecordKeyKind.Guid => JsonValue.Create(key.AsGuid()),
            _ => JsonValue.Create(key.AsText()),
        };
    }
}
