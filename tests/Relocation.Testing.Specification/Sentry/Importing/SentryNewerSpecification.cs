using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Backups of 2025 and 2026 in the versions that wrote them (docs/sentry-versions.md).</summary>
public abstract class SentryNewerSpecification(DatabaseUnderTest engine)
{
    private const string Newer = "26.2";

    private const string Sources = "SELECT type, source_id FROM workflow_engine_datasource ORDER BY type";

    /// <summary>Fields of one case that were not read in any version's source: they are said, and their records imported.</summary>
    private static readonly string[] Later =
        ["sentry.dashboardwidget.axis_range", "sentry.dataforwarder.enforced", "sentry.organizationmemberinvite.type"];

    public static TheoryData<string, string> BackupsAndScopes { get; } = new(
        from backup in new[] { "backup-2025-11", "newer-2025-11" }
        from scope in SentryScopes.All
        select (backup, scope.Name));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [Case("sentry/backup-2025-11")]
    [Case("sentry/newer-2025-11")]
    [MemberData(nameof(BackupsAndScopes))]
    public async Task Newer_backup_gives_the_approved_map(string name, string scopeName)
    {
        await using var database = await engine.SentryImportAsync(Newer);

        var result = await database.ImportAsync(Of(name), SentryScopes.Parse(scopeName), SentryRoundTrips.In(Newer) with { SuspendedUsers = WideningPolicy.Nearest });

        Assert.Empty(result.Records.Drift.UnknownModels);
        Assert.Empty(result.Records.Drift.UnknownFields.Select(field => $"{field.Model}.{field.Field}").Except(name == "newer-2025-11" ? Later : []));
        await ApprovedSnapshot.CheckFileAsync(result.Map, Repository.Golden($"sentry/{name}.{scopeName}"), cancellationToken: Cancel);
    }

    [Fact]
    [Case("sentry/backup-2025-11")]
    public async Task Every_record_has_a_place_and_comes_out_again()
    {
        await using var database = await engine.SentryImportAsync(Newer);

        var result = await database.ImportAsync(Of("backup-2025-11"), SentryScopes.Global, SentryRoundTrips.In(Newer));

        Assert.Equal((63, 0, 0), (result.Map.Count, result.Records.Dropped.Count, result.Records.Findings.Count));
        Assert.Equal(JsonTextReading.AsText, result.Records.JsonTexts?.Reading);
        var exported = await database.ExportAsync(SentryScopes.Global, Newer);
        var comparison = await SentryRoundTrips.CompareAsync(Of("backup-2025-11"), Backup.FromJson(exported, "exported"), engine, Newer);
        Assert.Empty(comparison.Findings);
    }

    /// <summary>Keys that are text, or stand within JSON, lead to the new rows.</summary>
    [Fact]
    [Case("sentry/backup-2025-11")]
    public async Task Keys_that_no_list_of_keys_knows_are_followed()
    {
        await using var database = await engine.SentryImportAsync(Newer);
        await database.ImportAsync(Of("backup-2025-11"), SentryScopes.Global, SentryRoundTrips.In(Newer));

        // A second import gives keys that are certainly others.
        var result = await database.ImportAsync(Of("backup-2025-11"), SentryScopes.Organization, SentryRoundTrips.In(Newer));

        Assert.Equal(
            $"cron_monitor|1\ncron_monitor|{New("monitors.monitor", 26)}\nsnuba_query_subscription|1\nsnuba_query_subscription|{New("sentry.querysubscription", 28)}",
            await database.TextAsync(Sources + ", id"));
        Assert.Equal(New("sentry.rule", 31), JsonNode.Parse(await database.TextAsync(
            $"SELECT config FROM sentry_monitor WHERE id = {New("monitors.monitor", 26)}"))!["alert_rule_id"]!.GetValue<long>());
        Assert.Equal(New("sentry.team", 4500000000000002), JsonNode.Parse(await database.TextAsync(
            $"SELECT organization_member_team_data FROM sentry_organizationmemberinvite WHERE id = {New("sentry.organizationmemberinvite", 18)}"))![0]!["id"]!.GetValue<long>());
        Assert.Equal("2|2", await database.TextAsync("SELECT count(*), count(DISTINCT token) FROM sentry_organizationmemberinvite"));

        long New(string model, long old) => result.Map.NewKey(model, old);
    }

    /// <summary>A key that is not followed would invite into another team.</summary>
    [Fact]
    public async Task Team_of_an_invitation_is_followed_where_its_key_is_a_text_too()
    {
        await using var database = await engine.SentryImportAsync(Newer);
        var records = SentryImports.Records(Repository.Shared("cases", "sentry", "backup-2025-11.json"));
        foreach (var team in records.Select(record => record!["fields"]!["organization_member_team_data"]).OfType<JsonArray>().SelectMany(teams => teams))
        {
            team!["id"] = team["id"]!.ToString();
        }

        var result = await database.ImportAsync(records.ToBackup(), SentryScopes.Organization, SentryRoundTrips.In(Newer));

        var key = result.Map.NewKey("sentry.team", 4500000000000002);
        Assert.Equal($"{key}", JsonNode.Parse(await database.TextAsync("SELECT organization_member_team_data FROM sentry_organizationmemberinvite"))![0]!["id"]!.GetValue<string>());
    }

    /// <summary>Sources whose kind backups do not hold lead nowhere.</summary>
    [Theory]
    [InlineData("uptime_subscription", "28", "kind of source")]
    [InlineData("snuba_query_subscription", "29", "'source_id' is the key of no record")]
    [InlineData("cron_monitor", "x", "'source_id' is the key of no record")]
    public async Task Source_that_leads_nowhere_is_left_out_with_what_hangs_on_it(string type, string key, string reason)
    {
        await using var database = await engine.SentryImportAsync(Newer);
        var records = SentryImports.Records(Repository.Shared("cases", "sentry", "backup-2025-11.json"));
        var source = records.First(record => record!["model"]!.GetValue<string>() == "workflow_engine.datasource")!["fields"]!;
        source["type"] = type;
        source["source_id"] = key;

        var result = await database.ImportAsync(records.ToBackup(), SentryScopes.Global, SentryRoundTrips.In(Newer));

        Assert.Equal(
            ["workflow_engine.datasource", "workflow_engine.datasourcedetector"], result.Records.Dropped.Select(dropped => dropped.Place.Model?.Value).Order());
        Assert.Contains(reason, result.Records.Dropped[0].Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("26.2")]
    [InlineData("26.6")]
    public async Task Instance_with_every_model_is_imported_as_Sentry_does(string version)
    {
        await using var database = await engine.SentryImportAsync(version);

        var result = await database.ImportAsync(SentryFixtures.Exhaustive(version), SentryScopes.Global, SentryRoundTrips.In(version));

        Assert.True(result.Records.Drift.IsEmpty);
        Assert.Equal(0, result.Records.Dropped.Count);
    }

    /// <summary>Sanitised, it holds no key of a forwarder, device or invitation any more, and still imports.</summary>
    [Fact]
    [Case("sentry/backup-2025-11")]
    public async Task Sanitised_backup_holds_no_secret_and_imports_whole()
    {
        await using var database = await engine.SentryImportAsync(Newer);
        using var stream = new MemoryStream();
        var model = SentryModel.Create(engine.Target.Engine, Newer);
        var options = new SanitizeOptions { Model = model, Rules = SentrySanitizing.Rules(model) };
        await BackupSanitizer.SanitizeAsync(Of("backup-2025-11"), BackupDestination.ToStream(stream), options, Cancel);
        var sanitized = System.Text.Encoding.UTF8.GetString(stream.ToArray());

        var audit = await LeakAudit.RunAsync(
            Of("backup-2025-11"), Backup.FromJson(sanitized, "sanitized"), new LeakAuditOptions { Model = model, Rules = SentrySanitizing.Rules(model) }, Cancel);
        var result = await database.ImportAsync(Backup.FromJson(sanitized, "sanitized"), SentryScopes.Global, SentryRoundTrips.In(Newer));

        Assert.Empty(audit.Findings);
        Assert.Equal((63, 0), (result.Map.Count, result.Records.Dropped.Count));
        Assert.All(
            new[] { "not-a-key", "BCDF-GHJK", "d4d4d4d4", "a1a1a1a1", "b2b2b2b2", "owner@example.invalid", "ext-1", "made-by-hand", "/checkout" },
            secret => Assert.DoesNotContain(secret, sanitized, StringComparison.Ordinal));
    }

    /// <summary>Sentry refuses a theme that it does not have, as this backup's is.</summary>
    [Fact]
    [Case("sentry/newer-2025-11")]
    public async Task Theme_that_Sentry_does_not_have_is_refused_with_its_place()
    {
        await using var database = await engine.SentryImportAsync(Newer);
        var backup = Backup.FromFile(Repository.Shared("cases", "sentry", "newer-2025-11.json"));

        var refused = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(backup, SentryScopes.Organization, SentryRoundTrips.In(Newer)));

        Assert.Contains(":111:3 /8 (sentry.useroption 3): Field 'value' names no theme", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The case, with a theme that is one and an invitation that ends.</summary>
    private static Backup Of(string name)
    {
        var records = SentryImports.Records(Repository.Shared("cases", "sentry", $"{name}.json"));
        foreach (var fields in records.Select(record => record!["fields"]!).Where(fields => fields["key"]?.GetValue<string>() == "theme"))
        {
            fields["value"] = "dark";
        }

        foreach (var fields in records.Select(record => record!["fields"]!.AsObject()).Where(fields => fields.ContainsKey("organization_member_team_data")))
        {
            fields["token_expires_at"] ??= "2025-12-03T09:15:00.123Z";
        }

        return records.ToBackup();
    }
}
