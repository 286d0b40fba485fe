using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Keys that no reference of Sentry's models names: followed, or taken out and said.</summary>
public abstract class SentryHiddenKeySpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Monitor_names_the_row_of_its_alert_rule(int chunkSize)
    {
        foreach (var scope in new[] { SentryScopes.Organization, SentryScopes.Global })
        {
            await using var database = await engine.SentryImportAsync();
            await database.ImportAsync(Monitors().Backup, SentryScopes.Organization);

            var result = await database.ImportAsync(
                Monitors().Backup, scope, new SentryImportOptions { Clock = SentryImports.Options.Clock, ChunkSize = chunkSize });

            Assert.Empty(result.ClearedKeys);
            var first = result.Map.NewKey("sentry.rule", 51);
            var second = result.Map.NewKey("sentry.rule", 52);
            Assert.NotEqual(51, first);
            JsonNode?[] expected =
            [
                JsonNode.Parse($$"""{"schedule": [1.0, "é"], "alert_rule_id": {{second}}, "other": {"alert_rule_id": 51} }"""),
                JsonNode.Parse($$"""{"alert_rule_id": {{first}}}"""),
                JsonNode.Parse("""{"alert_rule_id": null}"""),
                JsonNode.Parse("""{"alert_rule_id": true}"""),
                JsonNode.Parse("[]"),
                JsonNode.Parse("{}"),
            ];
            var rows = (await database.TextAsync(
                $"SELECT config FROM sentry_monitor WHERE id >= {result.Map.NewKey("sentry.monitor", 61)} ORDER BY id")).Split('\n');
            Assert.Equal(expected.Length, rows.Length);
            Assert.All(expected.Zip(rows), pair => Assert.True(JsonNode.DeepEquals(pair.First, JsonNode.Parse(pair.Second)), pair.Second));
        }
    }

    [Fact]
    public async Task Key_whose_record_is_not_imported_is_taken_out_and_named()
    {
        await using var database = await engine.SentryImportAsync();
        var records = Monitors()
            .Add("monitor", 71, ("organization_id", 1), ("project_id", 2), ("slug", "x"), ("name", "x"), ("owner_team_id", 9),
                ("config", new JsonObject { ["alert_rule_id"] = 99, ["schedule"] = "* * * * *" }));

        var result = await database.ImportAsync(records.Backup, SentryScopes.Organization);

        var monitor = ModelLabel.Parse("sentry.monitor");
        Assert.Equal(
            [
                new SentryClearedKey(monitor, RecordKey.From(71), "config.alert_rule_id", ModelLabel.Parse("sentry.rule")),
                new SentryClearedKey(monitor, RecordKey.From(71), "owner_team_id", ModelLabel.Parse("sentry.team")),
            ],
            result.ClearedKeys.OrderBy(cleared => cleared.Field, StringComparer.Ordinal));
        Assert.Equal(
            "{\"schedule\":\"* * * * *\"}|null",
            (await database.TextAsync("SELECT config, owner_team_id FROM sentry_monitor WHERE slug = 'x'")).Replace(" \"*", "\"*", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Batch_follows_the_keys_of_earlier_ones_and_names_what_it_takes_out()
    {
        await using var database = await engine.SentryImportAsync();
        var known = (await database.ImportAsync(Monitors().Backup, SentryScopes.Organization)).Map;
        var batch = new SentryModelBatch
        {
            Model = "sentry.monitor",
            Scope = SentryScopes.Organization,
            ImportUuid = new Guid("0b7a7a46-6c1e-4a1c-b0f5-6a3b1a0e9a11"),
            MinOrdinal = 1,
            KnownKeys = known,
            Records = new SentryRecords()
                .Add("monitor", 81, ("organization_id", 1), ("project_id", 2), ("slug", "y"), ("name", "y"), ("config", new JsonObject { ["alert_rule_id"] = 52 }))
                .Add("monitor", 82, ("organization_id", 1), ("project_id", 2), ("slug", "z"), ("name", "z"), ("config", new JsonObject { ["alert_rule_id"] = 99 }))
                .Backup,
        };
        await using var connection = await database.OpenConnectionAsync(Cancel);

        var result = await new SentryImport(database.Engine, SentryImports.Options).ImportByModelAsync(connection, batch, Cancel);

        Assert.Null(result.Error);
        Assert.Equal((RecordKey.From(82), "config.alert_rule_id"), (Assert.Single(result.ClearedKeys).Key, result.ClearedKeys[0].Field));
        Assert.Equal(
            $"{{\"alert_rule_id\":{known.NewKey("sentry.rule", 52)}}}\n{{}}",
            (await database.TextAsync("SELECT config FROM sentry_monitor WHERE slug IN ('y', 'z') ORDER BY slug")).Replace(" ", string.Empty, StringComparison.Ordinal));
    }

    /// <summary>The database ends the import at each of its chunks; the second attempt takes out the same keys.</summary>
    [Fact]
    public async Task Import_that_goes_on_names_what_the_whole_one_names()
    {
        var records = Monitors().Add("monitor", 71, ("organization_id", 1), ("project_id", 2), ("slug", "x"), ("name", "x"), ("owner_team_id", 9),
            ("config", new JsonObject { ["alert_rule_id"] = 99 }));
        await using var database = await engine.SentryImportAsync();
        var whole = await database.ImportAsync(records.Backup, SentryScopes.Organization);
        var options = new SentryImportOptions
        {
            Clock = SentryImports.Options.Clock,
            ChunkSize = 1,
            IsResumable = true,
            Flags = new SentryImportFlags { ImportUuid = new Guid("0b7a7a46-6c1e-4a1c-b0f5-6a3b1a0e9a12") },
        };
        await database.ImportAsync(records.Backup, SentryScopes.Organization, options);

        var again = await database.ImportAsync(records.Backup, SentryScopes.Organization, options);

        Assert.True(again.Records.ResumedChunks > 1);
        Assert.Equal(2, whole.ClearedKeys.Count);
        Assert.Equal(whole.ClearedKeys, again.ClearedKeys);
        Assert.Equal("2", await database.TextAsync($"SELECT count(*) FROM sentry_monitor WHERE slug = 'm1' AND config LIKE '%alert_rule_id%'"));
    }

    [Fact]
    public async Task Sanitised_monitor_names_its_alert_rule_still()
    {
        await using var database = await engine.SentryImportAsync();
        var model = SentryModel.Create(database.Engine);
        using var stream = new MemoryStream();

        await BackupSanitizer.SanitizeAsync(
            Monitors().Backup, BackupDestination.ToStream(stream), new SanitizeOptions { Model = model, Rules = SentrySanitizing.Rules(model), Seed = "1" }, Cancel);
        var result = await database.ImportAsync(Backup.FromUtf8(stream.ToArray(), "sanitised"), SentryScopes.Organization);

        Assert.Empty(result.ClearedKeys);
        Assert.Equal("2", await database.TextAsync(
            "SELECT count(*) FROM sentry_monitor m JOIN sentry_rule r ON CAST(m.config AS text) LIKE '%\"alert_rule_id\":' || r.id || '%' OR CAST(m.config AS text) LIKE '%\"alert_rule_id\": ' || r.id || '%'"));
    }

    [Fact]
    public async Task Comparison_tells_rules_apart_that_monitors_name()
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(Monitors().Backup, SentryScopes.Global);
        var exported = JsonNode.Parse(await database.ExportAsync())!.AsArray();
        var moved = exported.DeepClone().AsArray();
        moved.MoveKeys(SentryModel.Create(database.Engine), 1_000);
        foreach (var config in Configs(moved))
        {
            config["alert_rule_id"] = config["alert_rule_id"]!.GetValue<long>() + 1_000;
        }

        var same = await SentryRoundTrips.CompareAsync(exported.ToBackup(), moved.ToBackup(), engine, SentryModel.Head);
        Assert.True(same.IsEmpty, same.Findings.ToPretty());

        Configs(moved)[0]["alert_rule_id"] = Configs(moved)[1]["alert_rule_id"]!.GetValue<long>();
        var other = await SentryRoundTrips.CompareAsync(exported.ToBackup(), moved.ToBackup(), engine, SentryModel.Head);
        Assert.Equal("config.alert_rule_id", Assert.Single(other.Findings).Field);

        moved = exported.DeepClone().AsArray();
        Configs(moved)[0]["schedule"] = "other";
        var changed = await SentryRoundTrips.CompareAsync(exported.ToBackup(), moved.ToBackup(), engine, SentryModel.Head);
        Assert.Equal("config.schedule", Assert.Single(changed.Findings).Field);
    }

    [Fact]
    public async Task Export_of_what_hidden_keys_lead_to_comes_back_the_same()
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(Monitors().Backup, SentryScopes.Organization);

        var result = await SentryRoundTrip.ValidateAsync(database, cancellationToken: Cancel);

        Assert.True(result.Comparison.IsEmpty);
    }

    private static List<JsonObject> Configs(JsonArray records) =>
    [
        .. records.Where(record => record!["model"]!.GetValue<string>() == "sentry.monitor").Select(record => record!["fields"]!["config"])
            .OfType<JsonObject>().Where(config => config["alert_rule_id"] is JsonValue value && value.TryGetValue<long>(out _)),
    ];

    private static SentryRecords Monitors()
    {
        var records = new SentryRecords().Organization(1, "acme").Project(2, 1, "p");
        JsonNode[] configs =
        [
            new JsonObject { ["schedule"] = new JsonArray(1.0, "é"), ["alert_rule_id"] = 52, ["other"] = new JsonObject { ["alert_rule_id"] = 51 } },
            new JsonObject { ["alert_rule_id"] = 51 },
            new JsonObject { ["alert_rule_id"] = null },
            new JsonObject { ["alert_rule_id"] = true },
            new JsonArray(),
            new JsonObject(),
        ];
        foreach (var (at, config) in configs.Index())
        {
            records.Add("monitor", 61 + at, ("organization_id", 1), ("project_id", 2), ("slug", $"m{at}"), ("name", "m"), ("config", config));
        }

        return records
            .Add("rule", 51, ("project", 2), ("label", "first"), ("data", "{}"))
            .Add("rule", 52, ("project", 2), ("label", "second"), ("data", "{}"));
    }
}
