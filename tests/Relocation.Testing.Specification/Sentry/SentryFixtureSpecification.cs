using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>The repository's own backups of Sentry's models, for those who have no real ones.</summary>
public abstract class SentryFixtureSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Two options of users are about an organization and a project, which smaller scopes leave out.</summary>
    [Theory]
    [InlineData("User", "/58 /59")]
    [InlineData("Organization", "")]
    [InlineData("Config", "/58 /59")]
    [InlineData("Global", "")]
    public async Task Organization_with_a_record_of_every_model_arrives_whole(string scopeName, string dropped)
    {
        var scope = SentryScopes.Parse(scopeName);
        await using var database = await engine.SentryAsync("24.7.0");
        var json = await File.ReadAllTextAsync(Repository.Fixture("sentry", "organization.json"), Cancel);
        var records = SourceRecord.Read(json, database.Model);
        var taken = ExpectedScope.Taken(records, database.Model, scope);
        var written = taken.Where(record => !dropped.Split(' ').Contains($"/{records.ToList().IndexOf(record)}")).ToList();
        var options = new ImportOptions
        {
            Scope = scope,
            UnknownFields = DriftPolicy.Refuse,
            UnknownModels = DriftPolicy.Refuse,
            UnresolvedReferences = UnresolvedReferencePolicy.Drop,
        };

        var result = await database.ImportAsync(Backup.FromJson(json), options, Cancel);

        Imports.MustAccount(result, records);
        Assert.True(result.Drift.IsEmpty);
        Assert.Equal(dropped, string.Join(' ', result.Dropped.Select(drop => drop.Place.Pointer)));
        Assert.Equal(
            new ExpectedMap(database.Model, taken).Text(records, written, ImportPlan.For(database.Model).Models.Select(planned => planned.Entity.Label)),
            result.Map.ToSnapshot());
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var checkedModel = new CheckedModel(database.Model, engine);
        var matching = ReferenceChecker.Match(checkedModel.Records(written), await checkedModel.RowsAsync(connection, written));
        Assert.Empty(matching.Findings);
        Imports.MustAgree(result.Map, matching, written);
    }

    [Fact]
    public async Task Drift_is_counted_and_what_is_absent_takes_sentrys_own_defaults()
    {
        await using var database = await engine.SentryAsync("24.7.0");
        var json = await File.ReadAllTextAsync(Repository.Fixture("sentry", "drift.json"), Cancel);
        var records = SourceRecord.Read(json, database.Model);
        var known = records.Where(record => record.Entity is not null).ToList();

        var result = await database.ImportAsync(
            Backup.FromJson(json), new ImportOptions { Clock = new FixedClock(Imports.Now), Scope = SentryScopes.Global }, Cancel);

        Imports.MustAccount(result, records);
        Assert.Equal(["sentry.actor 2", "sentry.pigeon 1"], result.Drift.UnknownModels.Select(model => $"{model.Model} {model.Records}"));
        Assert.Equal(
            ["sentry.alertrule.owner", "sentry.rule.owner", "sentry.team.actor", "sentry.team.org_role", "sentry.user.nickname"],
            result.Drift.UnknownFields.Select(drift => $"{drift.Model}.{drift.Field}"));
        Assert.NotEmpty(result.Drift.DefaultedFields);
        Assert.All(result.Drift.DefaultedFields, drift => Assert.Equal(
            known.Count(record => record.Label == drift.Model.Value && record.Find(record.Entity!.FindField(drift.Field)!) is null), drift.Records));
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var checkedModel = new CheckedModel(database.Model, engine, Imports.Now);
        Assert.Empty(ReferenceChecker.Match(checkedModel.Records(known), await checkedModel.RowsAsync(connection, known)).Findings);
    }
}
