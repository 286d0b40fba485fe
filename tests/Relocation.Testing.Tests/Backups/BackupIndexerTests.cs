using System.Text.Json;
using CsCheck;
using Relocation.Testing.Backups;
using Xunit;

namespace Relocation.Testing.Tests.Backups;

public sealed class BackupIndexerTests
{
    private static readonly Gen<string> AnyKey = Gen.OneOf<string>(
        Gen.Int[0, 500].Select(key => key.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Int[0, 500].Select(key => $"\"k{key}\""),
        Gen.Int[0, 500].Select(key => $"[{key}, \"a\"]"));

    /// <summary>A backup of records of a few labels, in any order, with members in any order and no doubled keys.</summary>
    private static readonly Gen<string> AnyBackup = Gen.Select(
            Gen.OneOf("shop.a", "shop.b", "shop.b", "other.c"), AnyKey, Gen.Int[0, 5], Gen.OneOf("", " ", "\n  "), Gen.Int[0, 60])
        .Array[0, 40]
        .Select(records => "[" + string.Join(",", records.DistinctBy(record => (record.Item1, record.Item2)).Select(record =>
            Arrange(record.Item1, record.Item2, record.Item3, record.Item4, record.Item5))) + "]");

    [Fact]
    public async Task Index_and_cursor_give_every_record_as_the_oracle_reads_it() =>
        await Gen.Select(AnyBackup, Gen.Int[1, 300]).SampleAsync(async sample =>
        {
            var (json, blockSize) = sample;
            await using var content = await BackupContent.OpenAsync(Backup.FromJson(json), CancellationToken.None);

            var index = await Reading.IndexAsync(content, blockSize: blockSize);
            var records = await Reading.ReadAllAsync(content, index.Runs, blockSize);

            AssertSame(json, index, records);
        });

    [Fact]
    public async Task Cursor_reads_runs_in_any_order() =>
        await Gen.Select(AnyBackup, Gen.Int[1, 300], Gen.Bool).SampleAsync(async sample =>
        {
            var (json, blockSize, isCompressed) = sample;
            var backup = isCompressed ? Backup.FromUtf8(BackupContentTests.Compress(json)) : Backup.FromJson(json);
            await using var content = await BackupContent.OpenAsync(backup, CancellationToken.None);
            var index = await Reading.IndexAsync(content, blockSize: blockSize);

            var records = await Reading.ReadAllAsync(content, index.Runs.OrderBy(run => run.Label).ThenByDescending(run => run.FirstRank), blockSize);

            AssertSame(json, index, [.. records.OrderBy(record => record.ArrayIndex)]);
        });

    [Fact]
    public async Task Index_joins_spellings_and_aliases_of_a_model()
    {
        var index = await Reading.IndexAsync(
            """
            [{"pk": 3, "model": "shop.customer", "fields": {}}, {"pk": 1, "model": "Shop.Customer", "fields": {}},
             {"pk": 9, "model": "shop.order", "fields": {}}, {"pk": 2, "model": "shop\u002eclient", "fields": {}}]
            """,
            Reading.Shop);

        Assert.Equal(["shop.customer", "shop.order"], index.Models.Select(model => model.Label.Value));
        var customers = index.Models[0];
        Assert.Same(customers, index.Find(ModelLabel.Parse("shop.customer")));
        Assert.Same(customers, index.Find(ModelLabel.Parse("shop.client")));
        Assert.Null(index.Find(ModelLabel.Parse("shop.tag")));
        Assert.Equal([3L, 1, 2], customers.Keys.Integers.ToArray());
        Assert.Equal([0, 1, 3], Enumerable.Range(0, 3).Select(customers.ArrayIndexOf));
        Assert.Equal(4, index.RecordCount);
    }

    [Fact]
    public async Task Index_reads_keys_by_the_model()
    {
        var index = await Reading.IndexAsync(
            """
            [{"model": "shop.visit", "pk": "4A7C26A5-7f2d-4d0b-8f5a-0a4e2f6f8f3d", "fields": {}},
             {"model": "shop.line", "pk": [ -7 , "\u00e9" ], "fields": {}},
             {"model": "shop.tag", "pk": "7", "fields": {}},
             {"model": "shop.unknown", "pk": "4a7c26a5-7f2d-4d0b-8f5a-0a4e2f6f8f3d", "fields": {}},
             {"model": "shop.order", "pk": -9223372036854775808, "fields": {}}]
            """,
            Reading.Shop);

        Assert.Equal(
            [
                RecordKey.From(Guid.Parse("4a7c26a5-7f2d-4d0b-8f5a-0a4e2f6f8f3d")),
                RecordKey.From([RecordKey.From(-7), RecordKey.From("é")]),
                RecordKey.From("7"),
                RecordKey.From("4a7c26a5-7f2d-4d0b-8f5a-0a4e2f6f8f3d"),
                RecordKey.From(long.MinValue),
            ],
            index.Models.Select(model => model.Keys[0]));
    }

    [Fact]
    public async Task Index_shows_fields_to_observers_of_their_model()
    {
        var observer = new Recorder();
        await using var content = await BackupContent.OpenAsync(
            Backup.FromJson("""[{"model":"a.b","pk":1,"fields":{"x":1}},{"model":"a.c","pk":1,"fields":{}},{"fields":{ "x":2},"model":"a.b","pk":2}]"""),
            TestContext.Current.CancellationToken);

        await BackupIndexer.IndexAsync(
            content,
            null,
            new Dictionary<ModelLabel, RecordObserver> { [ModelLabel.Parse("a.b")] = observer },
            BackupLimits.Default,
            false,
            null,
            TestContext.Current.CancellationToken);

        Assert.Equal([(0, """{"x":1}"""), (1, """{ "x":2}""")], observer.Seen);
    }

    [Fact]
    public async Task Index_of_an_empty_array_is_empty()
    {
        var index = await Reading.IndexAsync(" [ ] ");

        Assert.Equal(0, index.RecordCount);
        Assert.Empty(index.Runs);
        Assert.Empty(index.Models);
    }

    [Fact]
    public async Task Index_keeps_places_of_many_records()
    {
        const int Count = 20_000;
        var records = Enumerable.Range(0, Count).Select(key => $$$"""{"model":"a.{{{(key % 1000 < 500 ? "b" : "c")}}}","pk":{{{key}}},"fields":{}}""");
        var json = "[" + string.Join(",", records) + "]";

        var index = await Reading.IndexAsync(json);

        Assert.Equal(2 * Count / 1000, index.Runs.Count);
        foreach (var model in index.Models)
        {
            for (var rank = 0; rank < model.Count; rank++)
            {
                Assert.Equal(model.Keys[rank].AsInteger(), model.ArrayIndexOf(rank));
                Assert.StartsWith($"{{\"model\":\"{model.Label}\",\"pk\":{model.Keys[rank]},", json[(int)model.OffsetOf(rank)..], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Real_backups_are_read_as_the_oracle_reads_them()
    {
        var files = Directory.GetFiles(Repository.Shared("data", "sentry", "fixtures"), "*.json")
            .Concat(Directory.GetFiles(Repository.Shared("data", "sentry", "releases"), "*.json"))
            .ToList();

        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var json = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            foreach (var blockSize in new[] { 61, TextWindow.DefaultBlockSize })
            {
                await using var content = await BackupContent.OpenAsync(Backup.FromFile(file), TestContext.Current.CancellationToken);
                var index = await Reading.IndexAsync(content, blockSize: blockSize);

                AssertSame(json, index, await Reading.ReadAllAsync(content, index.Runs, blockSize));
            }
        }
    }

    private static void AssertSame(string json, BackupIndex index, List<Reading.ReadRecord> records)
    {
        using var document = JsonDocument.Parse(json);
        var expected = document.RootElement.EnumerateArray().ToList();
        var ranks = new Dictionary<string, int>();
        var utf8 = System.Text.Encoding.UTF8.GetBytes(json);
        Assert.Equal(expected.Count, index.RecordCount);
        Assert.Equal(expected.Count, records.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var (record, label) = (records[i], expected[i].GetProperty("model").GetString() ?? string.Empty);
            var rank = ranks[label] = ranks.GetValueOrDefault(label, -1) + 1;
            var model = index.Find(record.Label);
            Assert.NotNull(model);
            Assert.Equal((label, i, rank), (record.Label.Value, record.ArrayIndex, record.Rank));
            Assert.Equal((i, record.Offset), (model.ArrayIndexOf(rank), model.OffsetOf(rank)));
            Assert.Equal(expected[i].GetProperty("pk").GetRawText(), record.Pk);
            Assert.Equal(expected[i].GetProperty("fields").GetRawText(), record.Fields);
            Assert.Equal(JsonKey.Read(System.Text.Encoding.UTF8.GetBytes(record.Pk)), model.Keys[rank]);
            Assert.Equal(expected[i].GetRawText(), Reading.Text(utf8.AsSpan((int)record.Offset, System.Text.Encoding.UTF8.GetByteCount(expected[i].GetRawText()))));
        }

        Assert.All(index.Runs.Zip(index.Runs.Skip(1)), pair => Assert.True(pair.First.Label != pair.Second.Label, "Runs of one label follow each other."));
        Assert.All(index.Runs, run => Assert.Equal((byte)'}', utf8[run.Offset + run.Length - 1]));
    }

    private static string Arrange(string label, string key, int order, string space, int length)
    {
        string[] members = [$"\"model\":{space}\"{label}\"", $"\"pk\":{key}", $"\"fields\"{space}:{{\"text\":{space}\"{new string('é', length)}\"}}"];
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        return $"{space}{{{space}{string.Join(space + "," + space, orders[order].Select(member => members[member]))}{space}}}{space}";
    }

    private sealed class Recorder : RecordObserver
    {
        internal List<(int Rank, string Fields)> Seen { get; } = [];

        internal override void Observe(int rank, ReadOnlySpan<byte> fields) => Seen.Add((rank, Reading.Text(fields)));
    }
}
