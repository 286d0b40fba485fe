using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>What was imported is exported again: the same, but for what version drift explains.</summary>
public abstract class SentryRoundTripSpecification(DatabaseUnderTest engine)
{
    public static TheoryData<string, string> Releases => [.. SentryReleases.All];

    public static TheoryData<string> Names => [.. SentryReleases.All.Select(release => release.Name)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [Parity("12.4", "test_at_<old release>")]
    [MemberData(nameof(Releases))]
    public async Task Export_of_a_release_comes_back_from_its_own_tables_without_findings(string name, string version)
    {
        await using var database = await engine.SentryImportAsync(version);
        await database.ImportAsync(SentryReleases.Open(name), SentryScopes.Global, SentryRoundTrips.In(version));

        var exported = await database.ExportAsync(version: version);

        await MustBeEqualAsync(name, version, exported);
        Assert.Equal(exported, await database.ExportToJsonAsync(new ExportOptions { Scope = SentryScopes.Global }, Cancel));
    }

    /// <summary>The same without Sentry's rules: records as they are.</summary>
    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Export_of_a_release_comes_back_without_rules_too(string name, string version)
    {
        await using var database = await engine.SentryAsync(version);
        await database.ImportAsync(SentryReleases.Open(name), new ImportOptions { Scope = SentryScopes.Global }, Cancel);

        var exported = await database.ExportToJsonAsync(new ExportOptions { Scope = SentryScopes.Global }, Cancel);

        var findings = await BackupComparer.CompareAsync(
            SentryReleases.Open(name), Backup.FromJson(exported), new ComparisonOptions { Model = database.Model }, Cancel);
        Assert.True(findings.IsEmpty, findings.Findings.ToPretty());
        Assert.Equal(SentryRoundTrips.Records(name).Count, findings.ComparedRecords);
    }

    /// <summary>
    /// Left out of the old export is what the import says is gone, and of the new one what the import says was absent: the
    /// compatibility table that is approved lists both. Nothing else differs.
    /// </summary>
    [Theory]
    [Parity("12.4", "test_at_head")]
    [MemberData(nameof(Names))]
    public async Task Export_of_a_release_comes_back_from_heads_tables_but_for_what_drift_explains(string name)
    {
        await using var database = await engine.SentryImportAsync();
        var result = await database.ImportAsync(SentryReleases.Open(name), SentryScopes.Global);

        var exported = JsonNode.Parse(await database.ExportAsync())!.AsArray();

        var drift = result.Records.Drift;
        Assert.Empty(drift.UnknownModels);
        Assert.Empty(drift.UnknownFields);
        var expected = SentryRoundTrips.Records(name);
        Remove(expected, drift.Declared.Select(declared => (declared.Model, declared.Field)));
        Remove(exported, drift.DefaultedFields.Select(field => (field.Model, (string?)field.Field)));
        var findings = await SentryRoundTrips.CompareAsync(expected.ToBackup(), exported.ToBackup(), engine, SentryModel.Head);
        Assert.True(findings.IsEmpty, findings.Findings.ToPretty());
        Assert.Equal(expected.Count, findings.ComparedRecords);
    }

    private async Task MustBeEqualAsync(string name, string version, string exported)
    {
        var findings = await SentryRoundTrips.CompareAsync(SentryReleases.Open(name), Backup.FromJson(exported), engine, version);
        Assert.True(findings.IsEmpty, findings.Findings.ToPretty());
        Assert.Equal(SentryRoundTrips.Records(name).Count, findings.ComparedRecords);
    }

    private static void Remove(JsonArray records, IEnumerable<(ModelLabel Model, string? Field)> gone)
    {
        var lookup = gone.ToLookup(item => item.Model.Value, item => item.Field);
        foreach (var record in records.Select(record => record!.AsObject()).ToList())
        {
            foreach (var field in lookup[record["model"]!.GetValue<string>()])
            {
                Assert.True(field is null ? records.Remove(record) : record["fields"]!.AsObject().Remove(field));
            }
        }
    }
}
