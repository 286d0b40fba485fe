using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>An instance with every model, field and reference of a version, and its round trips, whose checks really fail.</summary>
public abstract class SentryExhaustiveSpecification(DatabaseUnderTest engine)
{
    private const string Version = "24.7.0";

    private static readonly ModelLabel Project = ModelLabel.Parse("sentry.project");

    public static TheoryData<string> Versions => [.. SentryModel.Versions];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Exhaustive_instance_of_a_version_fits_its_tables_exactly(string version)
    {
        await using var database = await engine.SentryAsync(version);

        var result = await database.ImportAsync(SentryFixtures.Exhaustive(version), new ImportOptions { Scope = SentryScopes.Global }, Cancel);

        Assert.True(result.Drift.IsEmpty);
        Assert.Empty(result.Dropped);
        Assert.Equal(database.Model.Entities.Select(entity => (entity.Label, 2L)), result.Models.Select(model => (model.Model, model.Inserted)).OrderBy(model => model.Model));
    }

    [Theory]
    [Parity("12.13", "test_exhaustive_clean_pks")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exhaustive_instance_comes_back_with_keys_that_begin_anew(bool isMade)
    {
        await using var database = await FilledAsync(isMade);

        var trip = await SentryRoundTrip.ValidateAsync(database, SentryRoundTrips.In(Version, seed: 1), Cancel);

        MustBeginAnew(trip.Map);
    }

    [Theory]
    [Parity("12.13", "test_exhaustive_dirty_pks")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exhaustive_instance_comes_back_with_keys_that_go_on(bool isMade)
    {
        await using var database = await FilledAsync(isMade);

        var trip = await RoundTrip.ValidateAsync(
            database,
            new RoundTripOptions
            {
                Export = new ExportOptions { Scope = SentryScopes.Global },
                RestartKeys = false,
                KeptKeys = [Project],
                Import = async (connection, first, cancel) => (await AsTheyAre(database).ImportAsync(connection, first, cancel)).Map,
            },
            Cancel);

        Assert.All(trip.Map.Entries.Where(mapping => mapping.Model != Project), mapping => Assert.NotEqual(mapping.Old, mapping.New));
    }

    /// <summary>Sentry's own global import starts the counters again, so that the keys which differ are those of before.</summary>
    [Theory]
    [Parity("12.13", "test_exhaustive_dirty_pks")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exhaustive_instance_whose_keys_went_on_is_restored_as_Sentry_does(bool isMade)
    {
        await using var database = await FilledAsync(isMade);
        var records = JsonNode.Parse(await database.ExportAsync(version: Version))!.AsArray();
        records.MoveKeys(SentryModel.Create(database.Engine, Version), by: 5000);
        await RoundTrip.ClearAsync(database, cancellationToken: Cancel);
        await database.ImportAsync(records.ToBackup(), new ImportOptions { Models = Kept(database.Model) }, Cancel);

        var trip = await SentryRoundTrip.ValidateAsync(database, SentryRoundTrips.In(Version, seed: 1), Cancel);

        MustBeginAnew(trip.Map);
        Assert.All(trip.Map.Entries, mapping => Assert.True(mapping.Old.AsInteger() > 5000));
    }

    /// <summary>Defect 18: upstream's helper makes its errors and never raises them.</summary>
    [Fact]
    public async Task Defect_18_round_trip_throws_where_a_value_or_a_record_is_lost()
    {
        await using var database = await engine.SentryAsync();
        await database.ImportAsync(SentryFixtures.Exhaustive(), new ImportOptions { Scope = SentryScopes.Global }, Cancel);

        var lost = await Assert.ThrowsAsync<RoundTripException>(() => RoundTrip.ValidateAsync(database, Losing(records => records.RemoveAt(records.Count - 1)), Cancel));
        Assert.Equal(FindingKind.RemovedRecord, Assert.Single(lost.Comparison.Findings).Kind);
        await database.ResetAsync(Cancel);
        await database.ImportAsync(SentryFixtures.Exhaustive(), new ImportOptions { Scope = SentryScopes.Global }, Cancel);
        var changed = await Assert.ThrowsAsync<RoundTripException>(() => RoundTrip.ValidateAsync(
            database,
            Losing(records => records.First(record => record!["model"]!.GetValue<string>() == "sentry.team")!["fields"]!["name"] = "another"),
            Cancel));
        Assert.Contains("sentry.team", changed.Message, StringComparison.Ordinal);

        RoundTripOptions Losing(Action<JsonArray> lose) => new()
        {
            Import = async (connection, backup, cancel) =>
            {
                var records = JsonNode.Parse(await database.ExportToJsonAsync(null, cancel))!.AsArray();
                Assert.Empty(records);
                records = JsonNode.Parse(SentryFixtures.ExhaustiveJson())!.AsArray();
                lose(records);
                var importer = new BackupImporter(database.Model, database.Engine);
                return (await importer.ImportAsync(connection, records.ToBackup(), cancel)).Map;
            },
        };
    }

    /// <summary>Defect 18, too: "clean" and "dirty" keys are verified.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Defect_18_round_trip_throws_where_keys_are_kept_that_should_be_new(bool restartKeys)
    {
        await using var database = await engine.SentryAsync();
        await database.ImportAsync(SentryFixtures.Exhaustive(), new ImportOptions { Models = Kept(database.Model) }, Cancel);
        var options = new RoundTripOptions
        {
            RestartKeys = restartKeys,
            Import = async (connection, backup, cancel) =>
                (await new BackupImporter(database.Model, database.Engine, new ImportOptions { Models = Kept(database.Model) }).ImportAsync(connection, backup, cancel)).Map,
        };

        var wrong = await Assert.ThrowsAsync<RoundTripException>(() => RoundTrip.ValidateAsync(database, options, Cancel));

        Assert.True(wrong.Comparison.IsEmpty);
        Assert.Contains(wrong.WrongKeys, key => key.StartsWith("sentry.organization has the keys", StringComparison.Ordinal));
    }

    /// <summary>A global import, then the same backup in both smaller scopes: whatever must be unique is made anew, or stands for what is there.</summary>
    [Fact]
    [Parity("12.13", "test_uniqueness")]
    public async Task Unique_values_are_replaced_when_the_same_backup_comes_again()
    {
        await using var database = await engine.SentryImportAsync();
        var options = new SentryImportOptions { Clock = SentryImports.Options.Clock, UrlPrefix = "https://sentry.example.com" };
        var global = await database.ImportAsync(SentryFixtures.Exhaustive(), SentryScopes.Global, options);

        var organization = await database.ImportAsync(SentryFixtures.Exhaustive(), SentryScopes.Organization, options);
        var config = await database.ImportAsync(SentryFixtures.Exhaustive(), SentryScopes.Config, options);

        Assert.Empty(organization.Records.Dropped.Concat(config.Records.Dropped).Where(drop => drop.Rule is null && drop.Causes.Count == 0));
        foreach (var label in new[] { "sentry.organization", "sentry.team", "sentry.projectkey", "sentry.monitor", "sentry.querysubscription", "sentry.orgauthtoken" })
        {
            var first = global.Map.TargetKeys(ModelLabel.Parse(label)).ToHashSet();
            var second = organization.Map.TargetKeys(ModelLabel.Parse(label)).ToList();
            Assert.Equal((label, 2), (label, second.Count));
            Assert.All(second, key => Assert.DoesNotContain(key, first));
        }
    }

    private static Dictionary<ModelLabel, ModelOptions> Kept(RelocationModel model) =>
        model.Entities.ToDictionary(entity => entity.Label, _ => new ModelOptions { Keys = KeyPolicy.Preserve });

    private static void MustBeginAnew(PrimaryKeyMap map) =>
        Assert.All(map.Entries.Where(mapping => mapping.Model != Project).GroupBy(mapping => mapping.Model), group =>
            Assert.Equal(Enumerable.Range(1, group.Count()).Select(key => (long)key), group.Select(mapping => mapping.New.AsInteger()).Order()));

    private static BackupImporter AsTheyAre(TestDatabase database) => new(SentryModel.Create(database.Engine, Version), database.Engine);

    /// <summary>A made instance, or the organization that is told by hand.</summary>
    private async Task<TestDatabase> FilledAsync(bool isMade)
    {
        var database = await engine.SentryImportAsync(Version);
        var backup = isMade ? SentryFixtures.Exhaustive(Version) : Backup.FromFile(Repository.Fixture("sentry", "organization.json"));
        await database.ImportAsync(backup, SentryScopes.Global, SentryRoundTrips.In(Version));
        return database;
    }
}
