using CsCheck;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Models;

/// <summary>A model of a user's own, with every kind of key, reference and field, arrives whole.</summary>
public abstract class ShopSpecification(DatabaseUnderTest engine)
{
    private static readonly int RandomBackups = Extent.Rounds(200);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("complete", 57)]
    [InlineData("drift", 10)]
    [InlineData("types", 42)]
    public async Task Fixture_has_the_approved_map_and_every_value_reads_back_through_the_context(string name, int rows)
    {
        await using var database = await engine.ShopAsync();
        var json = await File.ReadAllTextAsync(Repository.Fixture("shop", $"{name}.json"), Cancel);
        var records = SourceRecord.Read(json, database.Model);
        var known = records.Where(record => record.Entity is not null).ToList();

        var result = await database.ImportAsync(Backup.FromJson(json), new ImportOptions { KeepReferences = true }, Cancel);

        await ApprovedSnapshot.CheckFileAsync(result.Map, Repository.Golden($"shop-{name}"), cancellationToken: Cancel);
        Imports.MustAccount(result, records);
        Assert.Equal(rows, result.Map.Count);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var checkedModel = new CheckedModel(database.Model, engine);
        var matching = checkedModel.Match(known, [], await checkedModel.RowsAsync(connection, known));
        Assert.Empty(matching.Findings);
        Imports.MustAgree(result.Map, matching, known);
        await using var context = database.CreateContext();
        Assert.True(await new EntityReadBack(context, database.Model, result.Map).CompareAsync(known) > 2 * rows);
    }

    [Fact]
    public async Task Drift_is_counted_and_shown_where_it_is_first()
    {
        await using var database = await engine.ShopAsync();

        var result = await database.ImportAsync(Backup.FromFile(Repository.Fixture("shop", "drift.json")), null, Cancel);

        Assert.False(result.Drift.IsEmpty);
        Assert.Equal(
            ["legacy.visit 1 6:3 /4", "shop.coupon 2 4:3 /2"],
            result.Drift.UnknownModels.Select(unknown =>
                $"{unknown.Model} {unknown.Records} {unknown.First.Line}:{unknown.First.Column} {unknown.First.Pointer}"));
        Assert.Equal(
            [
                "shop.category meta 1 /6/fields/meta", "shop.category position 1 /6/fields/position",
                "shop.country population 1 /0/fields/population", "shop.customer address.floor 1 /11/fields/address/floor",
                "shop.product stock 1 /9/fields/stock", "shop.producttag since 1 /10/fields/since", "shop.tag color 1 /7/fields/color",
            ],
            result.Drift.UnknownFields.Select(drift => $"{drift.Model} {drift.Field} {drift.Records} {drift.First.Pointer}"));
        Assert.Contains(
            "shop.country vat_rate 1 /1/fields",
            result.Drift.DefaultedFields.Select(drift => $"{drift.Model} {drift.Field} {drift.Records} {drift.First.Pointer}"));
    }

    [Fact]
    public async Task Random_backup_arrives_whole_in_a_database_that_has_rows_already()
    {
        // The only key of the fixture that could be invented too gets another spelling.
        var types = (await File.ReadAllTextAsync(Repository.Fixture("shop", "types.json"), Cancel)).Replace("\"SM\"", "\"sm\"", StringComparison.Ordinal);
        await using var database = await engine.ShopAsync(Backup.FromJson(types));
        var highest = database.Baseline[0].Models.ToDictionary(model => model.Model.Value, model => model.Inserted);
        var order = ImportPlan.For(database.Model).Models.Select(planned => planned.Entity.Label).ToList();
        var checkedModel = new CheckedModel(database.Model, engine);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var before = await checkedModel.RowsAsync(connection, []);
        var written = 0;

        await Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 40], Gen.Bool).SampleAsync(
            async (seed, chunkSize, compressed) =>
            {
                await database.ResetAsync(Cancel);
                var invented = await ShopBackups.InventAsync(database.Model, seed);
                var json = ShopBackups.Shuffle(invented, new Random(seed)).ToJsonString();
                var records = SourceRecord.Read(json, database.Model);

                var result = await database.ImportAsync(
                    ShopBackups.ToBackup(json, compressed), new ImportOptions { ChunkSize = chunkSize }, Cancel);

                Imports.MustAccount(result, records);
                Assert.Equal(new ExpectedMap(database.Model, records, highest).Text(records, records, order), result.Map.ToSnapshot());
                var matching = checkedModel.Match(records, before, await checkedModel.RowsAsync(connection, records));
                Assert.Empty(matching.Findings);
                Imports.MustAgree(result.Map, matching, records);
                written += records.Count;
            },
            iter: RandomBackups,
            threads: 1);

        Assert.True(written > 10 * RandomBackups, $"{written} records in {RandomBackups} backups are too few.");
    }

    [Fact]
    public async Task Random_backup_with_holes_loses_exactly_the_records_that_miss_another()
    {
        await using var database = await engine.ShopAsync();
        var order = ImportPlan.For(database.Model).Models.Select(planned => planned.Entity.Label).ToList();
        var checkedModel = new CheckedModel(database.Model, engine);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var lost = 0;

        await Gen.Int[0, int.MaxValue].SampleAsync(
            async seed =>
            {
                await database.ResetAsync(Cancel);
                var random = new Random(seed);
                var invented = ShopBackups.Shuffle(await ShopBackups.InventAsync(database.Model, seed), random);
                for (var holes = invented.Count / 10; holes > 0; holes--)
                {
                    invented.RemoveAt(random.Next(invented.Count));
                }

                var json = invented.ToJsonString();
                var records = SourceRecord.Read(json, database.Model);
                var survivors = ShopBackups.Survivors(records, database.Model);
                var options = new ImportOptions { UnresolvedReferences = UnresolvedReferencePolicy.Drop };

                var result = await database.ImportAsync(Backup.FromJson(json), options, Cancel);

                Imports.MustAccount(result, records);
                Assert.Equal(
                    Enumerable.Range(0, records.Count).Where(index => !survivors.Contains(records[index])).Select(index => $"/{index}"),
                    result.Dropped.Select(drop => drop.Place.Pointer));
                Assert.All(result.Dropped, drop => Assert.Equal(DropReason.Absent, drop.Causes[^1].Reason));
                Assert.Equal(new ExpectedMap(database.Model, records).Text(records, survivors, order), result.Map.ToSnapshot());
                var matching = checkedModel.Match(survivors, [], await checkedModel.RowsAsync(connection, records));
                Assert.Empty(matching.Findings);
                lost += result.Dropped.Count;
            },
            iter: 40,
            threads: 1);

        Assert.True(lost > 40, $"Only {lost} records were lost.");
    }

    [Fact]
    public async Task Map_is_the_same_however_models_are_mixed_and_however_large_chunks_are()
    {
        await using var database = await engine.ShopAsync();
        var rows = string.Empty;
        var map = string.Empty;
        await Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 2_000]).SampleAsync(
            async (seed, chunkSize) =>
            {
                await database.ResetAsync(Cancel);
                var json = ShopBackups.Interleave(await ShopBackups.InventAsync(database.Model, 8), new Random(seed)).ToJsonString();
                var result = await database.ImportAsync(Backup.FromJson(json), new ImportOptions { ChunkSize = chunkSize }, Cancel);
                await using var connection = await database.OpenConnectionAsync(Cancel);
                var fingerprint = await engine.FingerprintAsync(connection);
                (map, rows) = map.Length == 0 ? (result.Map.ToSnapshot(), fingerprint) : (map, rows);

                Assert.Equal(map, result.Map.ToSnapshot());
                Assert.Equal(rows, fingerprint);
            },
            iter: 25,
            threads: 1);

        Assert.NotEmpty(rows);
    }
}
