using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Models.Everything;

namespace Relocation.Testing.Specification.Exporting;

/// <summary>Which records an export takes, in which order and form, and where it puts them.</summary>
public abstract class ExportSpecification(DatabaseUnderTest engine)
{
    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("complete")]
    [InlineData("types")]
    public async Task Shop_is_exported_as_the_same_bytes_on_every_engine(string name)
    {
        await using var database = await engine.ShopAsync(Backup.FromFile(Repository.Fixture("shop", $"{name}.json")));

        await MustBeApprovedAsync(Repository.Fixture("golden", $"shop-{name}.export.json"), database);
    }

    [Fact]
    public async Task Everything_is_exported_as_the_same_bytes_on_every_engine()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<EverythingContext>
            {
                Target = engine.Target,
                CreateContext = options => new EverythingContext(engine.WithEnums(options)),
                Baseline = [Backup.FromFile(Repository.Fixture("everything", "complete.json"))],
            },
            Cancel);

        await MustBeApprovedAsync(Repository.Fixture("golden", "everything.export.json"), database);
    }

    [Fact]
    public async Task Records_that_refer_to_one_that_is_left_out_are_left_out_however_long_the_chain_and_whatever_the_order()
    {
        await using var database = await engine.ModelAsync(
            _made.Entity("node", [_made.Nullable("parent")], Made.To("node", "parent")),
            _made.Entity("leaf", [_made.Field("node")], Made.To("node", "node")));
        var options = new ExportOptions
        {
            Models = new Dictionary<ModelLabel, ModelExportOptions> { [ModelLabel.Parse("made.node")] = new() { Filter = RecordFilter.Where(["id"], record => record.Key.AsInteger() % 5 != 0) } },
        };
        var leftOut = 0L;

        await Gen.Int[0, int.MaxValue].SampleAsync(
            async seed =>
            {
                var random = new Random(seed);
                var parents = Enumerable.Range(1, random.Next(1, 25)).ToDictionary(key => key, _ => 0);
                foreach (var key in parents.Keys)
                {
                    parents[key] = random.Next(parents.Count + 1);
                }

                var nodes = parents.Select(node => $"node {node.Key} {{\"parent\":{(node.Value == 0 ? "null" : node.Value)}}}");
                await database.ResetAsync(Cancel);
                await database.ImportAsync(Made.Backup(string.Join('\n', nodes.Concat(parents.Keys.Select(key => $"leaf {key} {{\"node\":{key}}}")))), null, Cancel);
                var kept = parents.Keys.Where(key => key % 5 != 0).ToHashSet();
                while (kept.RemoveWhere(key => parents[key] != 0 && !kept.Contains(parents[key])) > 0)
                {
                }

                using var stream = new MemoryStream();
                var result = await database.ExportAsync(BackupDestination.ToStream(stream), options, Cancel);

                var records = JsonNode.Parse(stream.ToArray())!.AsArray();
                Assert.Equal(kept.Order(), KeysOf(records, "made.node"));
                Assert.Equal(kept.Order(), KeysOf(records, "made.leaf"));
                Assert.All(result.Models, model => Assert.Equal(model.Rows, model.Exported + model.LeftOut));
                Assert.Equal(2 * (parents.Count - kept.Count), result.LeftOut.Sum(left => left.Records));
                leftOut += result.LeftOut.Count(left => left.Reason == "needs made.node by parent");
            },
            iter: 60,
            threads: 1);

        Assert.True(leftOut > 20, $"{leftOut} chains are too few.");
    }

    [Fact]
    public async Task Reference_that_leads_nowhere_leaves_its_record_out_unless_it_is_kept()
    {
        var free = new RelocationReference { Name = "node", Fields = ["node"], Target = ModelLabel.Parse("made.node"), HasConstraint = false };
        await using var database = await engine.ModelAsync(_made.Entity("node", []), _made.Entity("leaf", [_made.Field("node")], free));
        await database.RunAsync("INSERT INTO node (id) VALUES (1); INSERT INTO leaf (id, node) VALUES (1, 1), (2, 7)");

        using var stream = new MemoryStream();
        var result = await database.ExportAsync(BackupDestination.ToStream(stream), null, Cancel);
        Assert.Equal([1], KeysOf(JsonNode.Parse(stream.ToArray())!.AsArray(), "made.leaf"));
        Assert.Equal([new FilteredRecords(ModelLabel.Parse("made.leaf"), "needs made.node by node", 1)], result.LeftOut);

        var kept = new ExportOptions
        {
            Models = new Dictionary<ModelLabel, ModelExportOptions>
            {
                [ModelLabel.Parse("made.leaf")] = new() { OnUnexported = new Dictionary<string, UnexportedReferencePolicy> { ["node"] = UnexportedReferencePolicy.Keep } },
            },
        };
        Assert.Equal([1, 2], KeysOf(JsonNode.Parse(await database.ExportToJsonAsync(kept, Cancel))!.AsArray(), "made.leaf"));
    }

    [Fact]
    public async Task Moments_are_cut_to_milliseconds_or_microseconds_where_that_is_asked_for_and_are_utc_then()
    {
        await using var database = await engine.ModelAsync(_made.Entity("event", [_made.Field("at", FieldType.Instant)]));
        await database.ImportAsync(
            Made.Backup(
                """
                event 1 {"at":"2024-01-02T03:04:05.987654+02:00"}
                event 2 {"at":"2024-01-02T03:04:05Z"}
                event 3 {"at":"2024-01-02T03:04:05.9999"}
                """),
            null,
            Cancel);

        Assert.Equal(
            ["2024-01-02T01:04:05.987Z", "2024-01-02T03:04:05.000Z", "2024-01-02T03:04:05.999Z"],
            TextsOf(await database.ExportToJsonAsync(new ExportOptions { Moments = MomentPrecision.Milliseconds }, Cancel), "at"));
        Assert.Equal(
            ["2024-01-02T01:04:05.987654Z", "2024-01-02T03:04:05.000Z", "2024-01-02T03:04:05.9999Z"],
            TextsOf(await database.ExportToJsonAsync(new ExportOptions { Moments = MomentPrecision.Microseconds }, Cancel), "at"));
    }

    [Fact]
    public async Task Texts_of_any_letters_come_back_and_are_in_the_order_of_their_bytes()
    {
        await using var database = await engine.ModelAsync(
            Made.Keyed("word", _made.Key(FieldType.Text, KeyPolicy.Preserve), [_made.Field("text", FieldType.Text)]));
        string[] words = ["a", "B", "ä", "Z", "z", "_", "é", "\"\\", "😀", " ", "\t\n\u0001"];
        var backup = new JsonArray([.. words.Select(word => new JsonObject { ["model"] = "made.word", ["pk"] = word, ["fields"] = new JsonObject { ["text"] = word } })]);
        await database.ImportAsync(Backup.FromJson(backup.ToJsonString()), null, Cancel);

        var records = JsonNode.Parse(await database.ExportToJsonAsync(null, Cancel))!.AsArray();

        Assert.Equal(words.OrderBy(word => word, Comparer<string>.Create((one, other) => System.Text.Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(other)))), records.Select(record => record!["pk"]!.GetValue<string>()));
        Assert.All(records, record => Assert.Equal(record!["pk"]!.GetValue<string>(), record["fields"]!["text"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Query_filters_of_a_context_hide_nothing_and_its_transaction_is_seen()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<HiddenContext> { Target = engine.Target, CreateContext = options => new HiddenContext(options) }, Cancel);
        await using var context = database.CreateContext();
        context.AddRange(new HiddenRow { Name = "seen" }, new HiddenRow { Name = "hidden", IsHidden = true });
        await context.SaveChangesAsync(Cancel);
        await using var transaction = await context.Database.BeginTransactionAsync(Cancel);
        context.Add(new HiddenRow { Name = "not committed" });
        await context.SaveChangesAsync(Cancel);
        using var stream = new MemoryStream();

        var result = await context.ExportAsync(BackupDestination.ToStream(stream), cancellationToken: Cancel);

        Assert.Equal(3, result.RecordCount);
        Assert.Equal(["seen", "hidden", "not committed"], TextsOf(System.Text.Encoding.UTF8.GetString(stream.ToArray()), "name"));
        await transaction.RollbackAsync(Cancel);
        Assert.Equal(["seen", "hidden"], TextsOf(await database.ExportToJsonAsync(null, Cancel), "name"));
    }

    [Fact]
    public async Task There_is_one_query_for_each_model_and_each_table_of_members_however_many_rows_there_are()
    {
        var counting = new CountingEngine(engine.Target.Engine);
        await using var database = await engine.ShopModelAsync();
        var exporter = new BackupExporter(database.Model, counting);
        await using var connection = await database.OpenConnectionAsync(Cancel);

        var result = await exporter.ExportAsync(connection, BackupDestination.ToStream(Stream.Null), Cancel);

        // The join table is a model of its own, so that no member needs a query.
        Assert.Equal(57, result.RecordCount);
        Assert.Equal(database.Model.Entities.Count + database.Model.Entities.SelectMany(entity => entity.Children).Count(child => !child.HoldsKeys), counting.ExportQueries);
    }

    [Fact]
    public async Task File_appears_whole_or_not_at_all()
    {
        var folder = Directory.CreateTempSubdirectory("relocation-export-");
        try
        {
            var path = Path.Combine(folder.FullName, "backup.json");
            await File.WriteAllTextAsync(path, "before", Cancel);
            var missing = RelocationModel.Create("made", [_made.Entity("node", []), _made.Entity("zone", [])]);
            await using var database = await engine.ModelAsync(_made.Entity("node", []));
            await database.RunAsync("INSERT INTO node (id) VALUES (1)");
            await using var connection = await database.OpenConnectionAsync(Cancel);

            var refused = await Assert.ThrowsAsync<ExportException>(
                () => new BackupExporter(missing, database.Engine).ExportAsync(connection, BackupDestination.ToFile(path), Cancel));
            Assert.Contains("made.zone", refused.Message, StringComparison.Ordinal);
            Assert.Equal("before", await File.ReadAllTextAsync(path, Cancel));
            using var cancelled = new CancellationTokenSource();
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.ExportAsync(BackupDestination.ToFile(path), null, cancelled.Token));
            Assert.Equal([path], Directory.GetFiles(folder.FullName));

            await database.ExportAsync(BackupDestination.ToFile(path), null, Cancel);
            await database.ExportAsync(BackupDestination.ToFile($"{path}.gz").Compressed(), null, Cancel);
            Assert.Equal([path, $"{path}.gz"], Directory.GetFiles(folder.FullName).Order(StringComparer.Ordinal));
            await database.ResetAsync(Cancel);
            Assert.Equal(1, (await database.ImportAsync(Backup.FromFile($"{path}.gz"), null, Cancel)).Map.Count);
            await Assert.ThrowsAsync<ExportException>(
                () => database.ExportAsync(BackupDestination.ToFile(Path.Combine(folder.FullName, "nowhere", "x.json")), null, Cancel));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Indentation_changes_the_spaces_alone_and_nothing_is_an_empty_array()
    {
        await using var database = await engine.ShopAsync();
        Assert.Equal("[]", await database.ExportToJsonAsync(null, Cancel));
        await database.ImportAsync(Backup.FromFile(Repository.Fixture("shop", "complete.json")), null, Cancel);

        var compact = await database.ExportToJsonAsync(new ExportOptions { Indentation = 0 }, Cancel);

        Assert.DoesNotContain('\n', compact);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(compact), JsonNode.Parse(await database.ExportToJsonAsync(new ExportOptions { Indentation = 7 }, Cancel))));
    }

    [Fact]
    public async Task Options_that_name_what_the_model_does_not_have_are_refused()
    {
        await using var database = await engine.ModelAsync(_made.Entity("node", []));
        var pigeon = ModelLabel.Parse("made.pigeon");
        var other = new ModelExportOptions { OnUnexported = new Dictionary<string, UnexportedReferencePolicy> { ["wing"] = UnexportedReferencePolicy.Keep } };

        Assert.Throws<ArgumentException>(() => new BackupExporter(database.Model, database.Engine, new ExportOptions { OnlyModels = [pigeon] }));
        Assert.Throws<ArgumentException>(() => new BackupExporter(database.Model, database.Engine, new ExportOptions { Models = new Dictionary<ModelLabel, ModelExportOptions> { [pigeon] = new() } }));
        Assert.Throws<ArgumentException>(() => new BackupExporter(
            database.Model, database.Engine, new ExportOptions { Models = new Dictionary<ModelLabel, ModelExportOptions> { [ModelLabel.Parse("made.node")] = other } }));
    }

    private static async Task MustBeApprovedAsync(string path, TestDatabase database)
    {
        // Not every database keeps the offset of a moment, nor its seventh digit.
        var exported = await database.ExportToJsonAsync(new ExportOptions { Moments = MomentPrecision.Microseconds }, Cancel);
        if (!File.Exists(path) || await File.ReadAllTextAsync(path, Cancel) != exported)
        {
            var received = Path.Combine(Path.GetTempPath(), $"{Path.GetFileName(path)}.received");
            await File.WriteAllTextAsync(received, exported, Cancel);
            Assert.Fail($"The export is not '{path}'. It is in '{received}'; if it is right, put it there.");
        }
    }

    private static IEnumerable<int> KeysOf(JsonArray records, string model) =>
        records.Where(record => record!["model"]!.GetValue<string>() == model).Select(record => record!["pk"]!.GetValue<int>());

    private static IEnumerable<string> TextsOf(string json, string field) =>
        JsonElement.Parse(json).EnumerateArray().Select(record => record.GetProperty("fields").GetProperty(field).GetString()!);
}
