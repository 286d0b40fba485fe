using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>What Sentry's own tests say of single round trips (docs/sentry-import.md, section 12.13).</summary>
public abstract class SentryRoundTripParitySpecification(DatabaseUnderTest engine)
{
    private const string FreshInstall = "fixtures/fresh-install";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Options have no comparator of dates upstream; ours compare instants in every model.</summary>
    [Fact]
    [Parity("12.13", "test_date_with_and_without_zeroed_millis")]
    public async Task Date_without_milliseconds_is_upstreams_only_finding_and_none_of_ours()
    {
        var records = new SentryRecords()
            .Add("option", 1, ("key", "first"), ("last_updated", "2023-06-22T00:00:00.000Z"), ("last_updated_by", "unknown"), ("value", "\"a\""))
            .Add("option", 2, ("key", "second"), ("last_updated", "2023-06-22T23:00:00Z"), ("last_updated_by", "unknown"), ("value", "\"b\""));
        var exported = await TripAsync(records.Backup);
        var model = SentryModel.Create(engine.Target.Engine);

        var upstream = await CompareAsync(records.Backup, exported, SentryComparators.Upstream(model));
        var ours = await CompareAsync(records.Backup, exported, SentryComparators.Default(model));

        var finding = Assert.Single(upstream.Findings);
        Assert.Equal((FindingKind.UnequalJson, "sentry.option", 2), (finding.Kind, finding.On!.Model.Value, finding.On.Ordinal));
        Assert.Equal((RecordKey.From(2), RecordKey.From(2)), (finding.LeftPk, finding.RightPk));
        Assert.Contains("2023-06-22T23:00:00Z", finding.Reason, StringComparison.Ordinal);
        Assert.Contains("2023-06-22T23:00:00.000Z", finding.Reason, StringComparison.Ordinal);
        Assert.True(ours.IsEmpty, ours.Findings.ToPretty());
    }

    [Theory]
    [Parity("12.13", "test_app_user_with_empty_email")]
    [InlineData("fixtures/app-user-with-empty-email")]
    [InlineData("fixtures/user-with-maximum-privileges")]
    [InlineData("fixtures/user-with-minimum-privileges")]
    public async Task Users_come_back_without_findings(string name)
    {
        var findings = await CompareAsync(SentryImports.Real(name), await TripAsync(SentryImports.Real(name)));

        Assert.True(findings.IsEmpty, findings.Findings.ToPretty());
    }

    [Fact]
    [Parity("12.13", "test_good_fresh_install")]
    [Parity("12.13", "test_fresh_install")]
    public async Task Fresh_install_comes_back_record_by_record()
    {
        await using var database = await engine.SentryImportAsync();
        var result = await database.ImportAsync(SentryImports.Real(FreshInstall), SentryScopes.Global);
        var exported = JsonNode.Parse(await database.ExportAsync())!.AsArray();
        var expected = FreshInstallAtHead();

        var findings = await CompareAsync(expected.ToBackup(), exported.ToBackup());

        Assert.True(findings.IsEmpty, findings.Findings.ToPretty());
        Assert.Equal(
            expected.Select(record => $"{record!["model"]} {result.Map.NewKey(record["model"]!.GetValue<string>(), record["pk"]!.GetValue<long>())}").Order(StringComparer.Ordinal),
            exported.Select(record => $"{record!["model"]} {record["pk"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    [Parity("12.13", "test_bad_unequal_json")]
    public async Task Without_comparators_every_changed_value_is_a_finding()
    {
        var exported = await TripAsync(FreshInstallAtHead().ToBackup());
        var changed = FreshInstallAtHead();
        foreach (var option in changed.Where(record => record!["model"]!.GetValue<string>() == "sentry.option").Take(3))
        {
            option!["fields"]!["last_updated"] = "2001-01-01T00:00:00.000Z";
        }

        var findings = await CompareAsync(changed.ToBackup(), exported, ComparatorMap.Empty);

        Assert.True(findings.Count >= 3, findings.Findings.ToPretty());
        Assert.All(findings.Findings, finding => Assert.Equal(FindingKind.UnequalJson, finding.Kind));
    }

    [Theory]
    [Parity("12.13", "test_date_updated_with_zeroed_milliseconds")]
    [Parity("12.13", "test_date_updated_with_unzeroed_milliseconds")]
    [InlineData("2023-06-22T00:00:00.000Z", 0)]
    [InlineData("2023-06-22T00:00:00Z", 1)]
    public async Task Date_updated_differs_as_text_where_it_has_no_milliseconds(string date, int findings)
    {
        var records = new SentryRecords().Add("option", 1, ("key", "k"), ("last_updated", date), ("last_updated_by", "unknown"), ("value", "\"a\""));

        var found = await CompareAsync(records.Backup, await TripAsync(records.Backup), ComparatorMap.Empty);

        Assert.Equal(findings, found.Count);
        Assert.All(found.Findings, finding => Assert.Equal(FindingKind.UnequalJson, finding.Kind));
    }

    [Fact]
    [Parity("12.13", "test_good_continuing_sequences")]
    public async Task References_follow_keys_that_go_on_after_clearing()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = FreshInstallAtHead().ToBackup();
        var importer = new BackupImporter(SentryModel.Create(database.Engine), database.Engine, new ImportOptions { Scope = SentryScopes.Global });
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var first = await importer.ImportAsync(connection, backup, Cancel);
        await RoundTrip.ClearAsync(database, cancellationToken: Cancel);

        var second = await importer.ImportAsync(connection, backup, Cancel);

        Assert.All(second.Map.Entries, mapping => Assert.True(
            mapping.New.AsInteger() > first.Map.Of(mapping.Model).Max(old => old.New.AsInteger()), $"{mapping.Model} {mapping.New}"));
        var findings = await CompareAsync(backup, Backup.FromJson(await database.ExportAsync()), Comparators.Default(SentryModel.Create(database.Engine)));
        Assert.True(findings.IsEmpty, findings.Findings.ToPretty());
    }

    [Fact]
    [Parity("12.13", "test_user_pk_mapping")]
    public async Task References_to_users_follow_their_new_keys()
    {
        var records = FreshInstallAtHead();
        records.MoveKeys(SentryModel.Create(engine.Target.Engine), by: 4000, label => label.Value == "sentry.user");

        var findings = await CompareAsync(records.ToBackup(), await TripAsync(records.ToBackup()));

        Assert.True(findings.IsEmpty, findings.Findings.ToPretty());
    }

    [Theory]
    [Parity("12.13", "test_api_auth")]
    [Parity("12.13", "test_notification_action")]
    [InlineData("sentry.apitoken", "Config")]
    [InlineData("sentry.apiauthorization", "Config")]
    [InlineData("sentry.notificationaction", "Organization")]
    [InlineData("sentry.notificationactionproject", "Organization")]
    public async Task Record_decides_in_which_scope_it_is_exported(string label, string smaller)
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(SentryFixtures.Exhaustive(), SentryScopes.Global);

        var all = Of(await database.ExportAsync());
        var some = Of(await database.ExportAsync(SentryScopes.Parse(smaller)));

        Assert.Equal(2, all.Count);
        var only = Assert.Single(some);
        foreach (var field in new[] { "application", "integration_id", "sentry_app_id" }.Where(field => only["fields"]!.AsObject().ContainsKey(field)))
        {
            Assert.Null(only["fields"]![field]);
        }

        List<JsonNode> Of(string json) => [.. JsonNode.Parse(json)!.AsArray().Select(record => record!).Where(record => record["model"]!.GetValue<string>() == label)];
    }

    /// <summary>The fresh install without the fields that head knows no more, and with what it gives to an absent one.</summary>
    private static JsonArray FreshInstallAtHead()
    {
        var records = SentryImports.Records(Repository.Shared("data", "sentry", $"{FreshInstall}.json"));
        foreach (var record in records.Select(record => record!))
        {
            var model = record["model"]!.GetValue<string>();
            record["fields"]!.AsObject().Remove(model switch { "sentry.team" => "actor", "sentry.rule" => "owner", _ => "-" });
            if (model == "sentry.projectkey")
            {
                record["fields"]!["use_case"] = "user";
            }

            if (model == "sentry.team")
            {
                record["fields"]!.AsObject().Remove("org_role");
            }
        }

        return records;
    }

    private async Task<Backup> TripAsync(Backup backup)
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(backup, SentryScopes.Global);
        return Backup.FromJson(await database.ExportAsync());
    }

    private Task<ComparisonResult> CompareAsync(Backup left, Backup right, ComparatorMap? comparators = null)
    {
        var model = SentryModel.Create(engine.Target.Engine);
        return BackupComparer.CompareAsync(
            left, right, new ComparisonOptions { Model = model, Comparators = comparators ?? SentryComparators.Default(model) }, Cancel);
    }
}
