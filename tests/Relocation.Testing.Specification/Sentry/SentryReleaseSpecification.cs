using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>Each release's own export fits that release's tables exactly; what is too long for older ones is refused.</summary>
public abstract class SentryReleaseSpecification(DatabaseUnderTest engine)
{
    public static TheoryData<string, string> Releases => [.. SentryReleases.All];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_export_of_a_release_has_its_version()
    {
        var files = Directory.GetFiles(Repository.Shared("data", "sentry", "releases"), "*.json").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(files.Order(StringComparer.Ordinal), SentryReleases.All.Select(release => release.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Export_of_a_release_fits_its_own_tables_exactly(string name, string version)
    {
        await using var database = await engine.SentryAsync(version);
        var json = await File.ReadAllTextAsync(SentryReleases.PathOf(name), Cancel);
        var records = SourceRecord.Read(json, database.Model);

        var result = await database.ImportAsync(Backup.FromJson(json, name), new ImportOptions { Scope = SentryScopes.Global }, Cancel);

        Imports.MustAccount(result, records);
        MustBeClean(result, records.Count);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var checkedModel = new CheckedModel(database.Model, engine);
        var matching = ReferenceChecker.Match(checkedModel.Records(records), await checkedModel.RowsAsync(connection, records));
        Assert.Empty(matching.Findings);
        Imports.MustAgree(result.Map, matching, records);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Export_of_a_release_is_restored_as_sentry_does_in_its_own_tables(string name, string version)
    {
        await using var database = await engine.SentryImportAsync(version);
        var options = new SentryImportOptions { Version = version, Clock = SentryImports.Options.Clock };

        var result = await database.ImportAsync(SentryReleases.Open(name), SentryScopes.Global, options);

        MustBeClean(result.Records, SourceRecord.Read(await File.ReadAllTextAsync(SentryReleases.PathOf(name), Cancel), database.Model).Count);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Export_of_a_release_is_imported_in_every_scope_of_its_own_version(string name, string version)
    {
        var options = new SentryImportOptions { Version = version, Clock = SentryImports.Options.Clock };
        await using var database = await engine.SentryImportAsync(version);
        foreach (var scope in SentryScopes.All)
        {
            var result = await database.ImportAsync(SentryReleases.Open(name), scope, options);

            Assert.True(result.Records.Drift.IsEmpty, scope.Name);
            await database.ResetAsync(Cancel);
        }
    }

    /// <summary>Columns that were narrower once (version drift, section 2.1).</summary>
    [Theory]
    [InlineData("sentry.rule", "label", 256, "24.1.2", "23.12.0", 64)]
    [InlineData("sentry.apitoken", "token", 71, "24.4.2", "24.2.0", 64)]
    [InlineData("sentry.apitoken", "refresh_token", 71, "24.4.2", "23.9.1", 64)]
    public async Task Value_that_overflows_an_older_column_is_refused_with_its_place(
        string model, string field, int length, string wideEnough, string tooNarrow, int limit)
    {
        var records = SentryImports.Records(SentryReleases.PathOf("test_at_23_9_1"));
        var index = records.ToList().FindIndex(record => record!["model"]!.GetValue<string>() == model);
        records[index]!["fields"]![field] = new string('x', length);
        var backup = records.ToBackup();
        var options = new ImportOptions { Scope = SentryScopes.Global };
        await using var newer = await engine.SentryAsync(wideEnough);
        await using var older = await engine.SentryAsync(tooNarrow);
        var before = await engine.StateAsync(older);

        Assert.Empty((await newer.ImportAsync(backup, options, Cancel)).Dropped);
        var refusal = await Assert.ThrowsAsync<ImportException>(() => older.ImportAsync(backup, options, Cancel));

        var problem = Assert.Single(refusal.Problems);
        Assert.Equal(BackupProblemKind.WrongValue, problem.Kind);
        Assert.Equal($"/{index}/fields/{field}", problem.Place.Pointer);
        Assert.Contains($"{limit}", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.StateAsync(older));
    }

    /// <summary>Two monitors of one slug in an organization, which was one too many until 24.1.2.</summary>
    [Fact]
    public async Task Row_that_an_older_unique_set_does_not_allow_is_refused()
    {
        var records = SentryImports.Records(SentryReleases.PathOf("test_at_24_2_0"));
        var first = records.Select(record => record!).First(record => record["model"]!.GetValue<string>() == "sentry.monitor");
        var second = first.DeepClone();
        second["pk"] = first["pk"]!.GetValue<long>() + 1;
        second["fields"]!["guid"] = Guid.NewGuid().ToString();
        second["fields"]!["project_id"] = records.Select(record => record!).First(record =>
            record["model"]!.GetValue<string>() == "sentry.project"
            && record["pk"]!.GetValue<long>() != first["fields"]!["project_id"]!.GetValue<long>())["pk"]!.DeepClone();
        records.Add(second);
        var backup = records.ToBackup();
        var options = new ImportOptions { Scope = SentryScopes.Global };
        await using var newer = await engine.SentryAsync("24.4.2");
        await using var older = await engine.SentryAsync("24.1.2");
        var before = await engine.StateAsync(older);

        await newer.ImportAsync(backup, options, Cancel);
        var refusal = await Assert.ThrowsAsync<ImportException>(() => older.ImportAsync(backup, options, Cancel));

        Assert.Contains("sentry.monitor", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.StateAsync(older));
    }

    private static void MustBeClean(ImportResult result, int records)
    {
        Assert.True(result.Drift.IsEmpty);
        Assert.Empty(result.Dropped);
        Assert.Equal(records, result.Map.Count);
        Assert.All(result.Models, model => Assert.Equal(model.Records, model.Inserted));
    }
}
