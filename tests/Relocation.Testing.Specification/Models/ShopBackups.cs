using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Checking;

namespace Relocation.Testing.Specification.Models;

/// <summary>Random backups of the shop: any sizes, any order, any share of nulls.</summary>
internal static class ShopBackups
{
    private static readonly string[] Conditions = ["New", "Used", "Refurbished"];

    /// <summary>
    /// Invents a backup's records, each model's in the order of the generator. Relations of many to many come as records of their own
    /// only, one for each row, as the checker counts them; arrays of keys are the Everything model's.
    /// </summary>
    internal static async Task<JsonArray> InventAsync(RelocationModel model, long seed)
    {
        var random = new Random((int)seed);
        var counts = model.Entities.ToDictionary(entity => entity.Label, _ => (long)random.Next(0, 9));
        var options = new SyntheticBackupOptions
        {
            Seed = seed,
            FirstKey = random.Next(-5, 1_000_000),
            NullShare = random.NextDouble(),
            Weights = counts.ToDictionary(pair => pair.Key, pair => (double)pair.Value),
            TotalRecords = counts.Values.Sum(),
            Values = new Dictionary<string, Func<Bogus.Faker, object?>>
            {
                ["shop.product.condition"] = faker => faker.PickRandom(Conditions),
                ["shop.customer.email"] = faker => $"{faker.Random.Guid():N}@example.com",
                ["shop.order.status"] = faker => faker.Random.Int(0, 3),
                ["shop.customer.tier"] = faker => faker.Random.Int(0, 2),
            },
        };
        using var stream = new MemoryStream();
        await SyntheticBackup.For(model, options).WriteAsync(stream, TestContext.Current.CancellationToken);
        var records = JsonNode.Parse(stream.ToArray())!.AsArray();
        foreach (var record in records)
        {
            foreach (var child in model.Find(ModelLabel.Parse(record!["model"]!.GetValue<string>()))!.Children)
            {
                record["fields"]!.AsObject().Remove(child.Name);
            }
        }

        return records;
    }

    /// <summary>The records in any order, their members too.</summary>
    internal static JsonArray Shuffle(JsonArray records, Random random)
    {
        var nodes = records.Select(record => record!.DeepClone().AsObject()).ToArray();
        random.Shuffle(nodes);
        return [.. nodes.Select(record => Shuffle(record, random))];
    }

    /// <summary>The records of different models in any order, those of one model in the order that they had.</summary>
    internal static JsonArray Interleave(JsonArray records, Random random)
    {
        var queues = records.Select(record => record!.DeepClone()).GroupBy(record => record["model"]!.GetValue<string>())
            .Select(group => new Queue<JsonNode>(group)).ToList();
        var mixed = new JsonArray();
        while (queues.Count > 0)
        {
            var queue = queues[random.Next(queues.Count)];
            mixed.Add(queue.Dequeue());
            queues.RemoveAll(left => left.Count == 0);
        }

        return mixed;
    }

    /// <summary>The records whose references lead to survivors, and so on.</summary>
    internal static IReadOnlyCollection<SourceRecord> Survivors(IReadOnlyList<SourceRecord> records, RelocationModel model)
    {
        var left = records.ToList();
        for (var before = -1; before != left.Count;)
        {
            before = left.Count;
            var names = left.Select(record => CheckedItem.NameOf(record.Entity!.Label.Value, record.Key)).ToHashSet();
            left.RemoveAll(record => record.Entity!.References.Any(reference =>
                record.KeyOf(reference, model.Find(reference.Target)!) is { } key
                && !names.Contains(CheckedItem.NameOf(reference.Target.Value, key))));
        }

        return left;
    }

    internal static Backup ToBackup(string json, bool compressed)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (!compressed)
        {
            return Backup.FromUtf8(bytes);
        }

        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return Backup.FromUtf8(stream.ToArray());
    }

    private static JsonObject Shuffle(JsonObject record, Random random)
    {
        var members = record.ToArray();
        random.Shuffle(members);
        return new JsonObject(members.Select(member => KeyValuePair.Create(
            member.Key,
            member is { Key: "fields", Value: JsonObject fields } ? Shuffle(fields, random) : member.Value?.DeepClone())));
    }
}
