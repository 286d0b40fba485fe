using CsCheck;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Models;

namespace Relocation.Testing.Specification.Synthetic;

/// <summary>What is generated for a model is taken whole by a database of that model, whose constraints are the judge.</summary>
public abstract class SyntheticBackupSpecification(DatabaseUnderTest engine)
{
    private static readonly Gen<SyntheticBackupOptions> Options =
        from seed in Gen.Long
        from nulls in Gen.Double[0, 1]
        from first in Gen.Long[1, 100_000]
        from count in Gen.Int[0, 12]
        from locale in Gen.OneOf(Gen.Const("en"), Gen.Const("de"), Gen.Const("ja"), Gen.Const("ru"), Gen.Const("pt_BR"), Gen.Const("ar"))
        select new SyntheticBackupOptions { Seed = seed, NullShare = nulls, FirstKey = first, RecordsPerModel = count, Locale = locale };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_of_a_context_arrives_whole_and_every_value_reads_back()
    {
        await using var database = await engine.ShopAsync();
        var compared = 0;
        await Options.SampleAsync(
            async options =>
            {
                await database.ResetAsync(Cancel);
                var json = await TextAsync(database.Model, options);
                var result = await ImportWholeAsync(database, json);
                await using var context = database.CreateContext();
                compared += await new EntityReadBack(context, database.Model, result.Map).CompareAsync(SourceRecord.Read(json, database.Model));
            },
            iter: 40,
            threads: 1);

        Assert.True(compared > 4_000, $"Only {compared} values were compared.");
    }

    [Theory]
    [InlineData(SentryModel.Head)]
    [InlineData("24.7.0")]
    public async Task Backup_of_sentry_arrives_whole(string version)
    {
        await using var database = await engine.SentryAsync(version);
        await Options.SampleAsync(
            async options =>
            {
                await database.ResetAsync(Cancel);
                await ImportWholeAsync(database, await TextAsync(database.Model, options));
            },
            iter: 12,
            threads: 1);
    }

    [Fact]
    public async Task Checks_and_unique_sets_of_every_form_hold()
    {
        await using var database = await engine.ModelAsync([.. new GuardedModel(engine.Target.Engine).Create().Entities]);
        await Options.SampleAsync(
            async options =>
            {
                await database.ResetAsync(Cancel);
                await ImportWholeAsync(database, await TextAsync(database.Model, options));
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Partial_unique_set_limits_no_records_outside_of_it()
    {
        await using var database = await engine.ModelAsync([.. new GuardedModel(engine.Target.Engine).Create().Entities]);
        var owner = ModelLabel.Parse("guarded.owner");
        var options = new SyntheticBackupOptions { RecordsPerModel = 4, Records = new Dictionary<ModelLabel, long> { [owner] = 200 } };

        var result = await ImportWholeAsync(database, await TextAsync(database.Model, options));

        Assert.Equal(200, result.Models.Single(model => model.Model == owner).Inserted);
    }

    private static async Task<ImportResult> ImportWholeAsync(TestDatabase database, string json)
    {
        var result = await database.ImportAsync(
            Backup.FromJson(json, "synthetic"),
            new ImportOptions { UnknownModels = DriftPolicy.Refuse, UnknownFields = DriftPolicy.Refuse, IncludeValuesInErrors = true },
            Cancel);
        Assert.Empty(result.Dropped);
        Assert.True(result.Drift.IsEmpty);
        Assert.Equal(result.RecordCount, result.Map.Count);
        return result;
    }

    private static async Task<string> TextAsync(RelocationModel model, SyntheticBackupOptions options)
    {
        using var stream = new MemoryStream();
        await SyntheticBackup.For(model, options).WriteAsync(stream, Cancel);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
