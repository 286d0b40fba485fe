using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Small backups that were imported wrongly once come back the same in every scope, and every record has its row.</summary>
public abstract class SentryCaseSpecification(DatabaseUnderTest engine)
{
    private const string Date = "2024-01-12T08:00:00.000Z";

    /// <summary>Each case with the scope, and how many records it brings there.</summary>
    private static readonly (string Case, Func<SentryRecords> Make, int User, int Organization, int Config, int Global)[] Cases =
    [
        ("digits", Digits, 0, 0, 3, 3),
        ("intranet", Intranet, 3, 3, 3, 3),
        ("list-empty-text", EmptyList, 1, 1, 2, 2),
        ("list-text", Lists, 1, 5, 1, 5),
        ("members3", Members, 2, 6, 2, 6),
        ("merge-in-file", Merged, 2, 6, 2, 6),
        ("monitor-self", Monitor, 0, 3, 0, 3),
        ("old-small", Old, 2, 7, 3, 8),
        ("overwrite-in-file", Overwritten, 0, 0, 2, 2),
        ("projectoption-in-file", ProjectOptions, 0, 4, 0, 4),
        ("slug", Slug, 0, 1, 0, 1),
    ];

    public static TheoryData<string, string, bool> InScopes
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (var (name, _, user, organization, config, global) in Cases)
            {
                foreach (var (scope, count) in new[] { ("User", user), ("Organization", organization), ("Config", config), ("Global", global) })
                {
                    if (count > 0)
                    {
                        data.Add(name, scope, false);
                        if (scope != "Global" && name is ("merge-in-file" or "overwrite-in-file" or "old-small"))
                        {
                            data.Add(name, scope, true);
                        }
                    }
                }
            }

            return data;
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [Case("sentry/intranet")]
    [Case("sentry/list-empty-text")]
    [Case("sentry/list-text")]
    [Case("sentry/members3")]
    [Case("sentry/merge-in-file")]
    [Case("sentry/monitor-self")]
    [Case("sentry/old-small")]
    [Case("sentry/overwrite-in-file")]
    [Case("sentry/projectoption-in-file")]
    [Case("sentry/slug")]
    [MemberData(nameof(InScopes))]
    public async Task Backup_comes_back_the_same_with_a_row_for_every_record(string name, string scopeName, bool merges)
    {
        var scope = SentryScopes.Parse(scopeName);
        var given = Cases.Single(candidate => candidate.Case == name);
        var taken = scopeName switch { "User" => given.User, "Organization" => given.Organization, "Config" => given.Config, _ => given.Global };
        await using var first = await engine.SentryImportAsync();
        await using var second = await engine.SentryImportAsync();
        var options = SentryImports.With(new SentryImportFlags { MergeUsers = merges, OverwriteConfigs = merges && scope == SentryScopes.Config });

        var result = await first.ImportAsync(given.Make().Backup, scope, options);
        var exported = await first.ExportAsync(SentryScopes.Global);
        var again = await second.ImportAsync(Backup.FromJson(exported), SentryScopes.Global);
        var exportedAgain = await second.ExportAsync(SentryScopes.Global);

        // Every record that the scope takes leads to a row that the export holds, and every row of the export is one row again.
        Assert.Equal(taken, result.Map.Count + result.Records.Dropped.Count);
        Assert.All(result.Records.Dropped, dropped => Assert.NotNull(dropped.Rule));
        var rows = JsonNode.Parse(exported)!.AsArray().Select(NameOf).ToHashSet();
        Assert.All(result.Map.Entries, mapping => Assert.Contains($"{mapping.Model} {mapping.New}", rows));
        Assert.Equal(rows.Count, again.Map.Count);
        Assert.All(again.Map.Entries, mapping => Assert.Equal(KeyMappingKind.Inserted, mapping.Kind));
        Assert.Equal(JsonNode.Parse(exportedAgain)!.AsArray().Select(NameOf).Order(StringComparer.Ordinal), again.Map.Entries.Select(mapping => $"{mapping.Model} {mapping.New}").Order(StringComparer.Ordinal));
        var findings = await SentryRoundTrips.CompareAsync(Backup.FromJson(exported), Backup.FromJson(exportedAgain), engine, SentryModel.Head);
        Assert.True(findings.IsEmpty, findings.Findings.ToPretty());
        Assert.Equal(rows.Count, findings.ComparedRecords);

        static string NameOf(JsonNode? record) => $"{record!["model"]} {record["pk"]}";
    }

    /// <summary>Every field of a backup of 2024, values in its forms: quoted JSON, Python's lists, numbers as text.</summary>
    [Fact]
    [Case("sentry/old-small")]
    public async Task Older_backup_comes_back_value_by_value()
    {
        await using var database = await engine.SentryImportAsync();
        var result = await database.ImportAsync(Old().Backup, SentryScopes.Global);

        var exported = JsonNode.Parse(await database.ExportAsync())!.AsArray();

        // What hooks add is left out.
        var brought = result.Map.Entries.Select(mapping => $"{mapping.Model} {mapping.New}").ToHashSet();
        foreach (var added in exported.Where(record => !brought.Contains($"{record!["model"]} {record["pk"]}")).ToList())
        {
            exported.Remove(added);
        }

        Assert.Equal(JsonTextReading.AsJson, result.Records.JsonTexts!.Reading);
        Assert.Empty(result.Records.Drift.UnknownFields);
        Assert.Empty(result.Records.Drift.DefaultedFields);
        var findings = await SentryRoundTrips.CompareAsync(Old().Backup, exported.ToBackup(), engine, SentryModel.Head);
        Assert.True(findings.IsEmpty, findings.Findings.ToPretty());
        Assert.Equal(8, findings.ComparedRecords);
        Assert.Equal("['users.admin', \"it's\"]", Value("sentry.userrole", "permissions"));
        Assert.Equal("\"Europe/Vienna\"", Value("sentry.useroption", "value"));
        Assert.Equal("{\"conditions\":[]}", Value("sentry.rule", "data").Replace(" ", string.Empty, StringComparison.Ordinal));
        Assert.Equal("10", Value("sentry.project", "flags"));

        string Value(string model, string field) => exported.Single(record => record!["model"]!.GetValue<string>() == model)!["fields"]![field]!.GetValue<string>();
    }

    private static SentryRecords Digits() => new SentryRecords()
        .Add("option", 1, ("key", "token"), ("last_updated", Date), ("last_updated_by", "unknown"), ("value", "12345"))
        .Add("option", 2, ("key", "t"), ("last_updated", Date), ("last_updated_by", "unknown"), ("value", "true"))
        .Add("option", 3, ("key", "j"), ("last_updated", Date), ("last_updated_by", "unknown"), ("value", "{\"a\":1}"));

    private static SentryRecords Intranet() => new SentryRecords()
        .User(1, "ops", "ops@intranet").User(2, "juergen", "jürgen@x.example").User(3, "admin@localhost", "admin@localhost");

    private static SentryRecords EmptyList() => new SentryRecords().User(1, "a", "")
        .Add("apiauthorization", 1, ("application", null), ("user", 1), ("scopes", "0"), ("scope_list", ""), ("date_added", Date));

    private static SentryRecords Lists() => new SentryRecords().Organization(1, "made-by-hand").User(1, "owner")
        .Add("dashboard", 1, ("title", "Overview"), ("created_by_id", 1), ("organization", 1), ("date_added", Date), ("visits", 1))
        .Add("dashboardwidget", 1, ("dashboard", 1), ("order", 0), ("title", "w"), ("display_type", 0), ("date_added", Date))
        .Add("dashboardwidgetquery", 1, ("widget", 1), ("name", ""), ("fields", "['count()', 'user']"), ("conditions", ""),
            ("aggregates", "[\"count()\", \"p95()\"]"), ("columns", "[\"user\", \"é\"]"), ("order", 0), ("date_added", Date), ("date_modified", Date));

    private static SentryRecords Members() => new SentryRecords().User(1, "a").User(2, "b").Organization(3, "o")
        .Member(4, 3, 1, ("role", "owner")).Member(5, 3, 2, ("role", "owner"), ("inviter_id", 1)).Member(6, 3, null, ("email", "c@x.example"));

    private static SentryRecords Merged() => new SentryRecords().User(1, "dup", "d1@x.example").User(2, "dup", "d2@x.example")
        .Organization(3, "so").Organization(4, "to").Member(5, 3, 1, ("role", "owner")).Member(6, 4, 2, ("role", "owner"));

    private static SentryRecords Monitor() => new SentryRecords().Organization(1, "o").Project(2, 1, "p")
        .Add("monitor", 3, ("organization_id", 1), ("project_id", 2), ("guid", "8f7f4ef0-3238-4afb-9498-de9f2b4c4b3b"), ("slug", "m"), ("name", "m"), ("config", new JsonObject()));

    private static SentryRecords Overwritten() => new SentryRecords()
        .Add("option", 1, ("key", "k"), ("value", "\"one\"")).Add("option", 2, ("key", "k"), ("value", "\"two\""));

    private static SentryRecords ProjectOptions() => new SentryRecords().Organization(1, "o").Project(2, 1, "p")
        .Add("projectoption", 3, ("project", 2), ("key", "k"), ("value", "\"one\"")).Add("projectoption", 4, ("project", 2), ("key", "k"), ("value", "\"two\""));

    private static SentryRecords Slug() => new SentryRecords().Add("organization", 1, ("name", "Ünïcode Örg"), ("slug", "Ünïcode Örg"));

    private static SentryRecords Old() => new SentryRecords()
        .Add("user", 1, ("password", "!"), ("last_login", null), ("username", "owner"), ("name", "Made by hand"), ("email", "owner@example.invalid"),
            ("is_staff", false), ("is_active", true), ("is_unclaimed", false), ("is_superuser", false), ("is_managed", false), ("is_sentry_app", null),
            ("is_password_expired", false), ("last_password_change", null), ("flags", "0"), ("session_nonce", null), ("date_joined", Date),
            ("last_active", null), ("avatar_type", 0), ("avatar_url", null))
        .Add("useroption", 1, ("user", 1), ("project_id", null), ("organization_id", null), ("key", "timezone"), ("value", "\"Europe/Vienna\""))
        .Add("userrole", 1, ("date_updated", Date), ("date_added", Date), ("name", "made-by-hand"), ("permissions", "['users.admin', 'it\\'s']"))
        .Add("organization", 1, ("name", "Made by hand"), ("slug", "made-by-hand"), ("status", 0), ("date_added", Date), ("default_role", "member"),
            ("is_test", false), ("flags", "1"))
        .Add("project", 1, ("slug", "p"), ("name", "p"), ("forced_color", null), ("organization", 1), ("public", false), ("date_added", Date),
            ("status", 0), ("first_event", null), ("template", null), ("flags", "10"), ("platform", null))
        .Add("rule", 1, ("project", 1), ("environment_id", null), ("label", "x"), ("data", "{\"conditions\":[]}"), ("status", 0), ("source", 0),
            ("owner_user_id", null), ("owner_team", null), ("date_added", Date))
        .Add("monitor", 1, ("date_added", Date), ("organization_id", 1), ("project_id", 1), ("status", 0), ("guid", "00000000-0000-4000-8000-000000000026"),
            ("slug", "nightly"), ("is_muted", true), ("name", "n"), ("type", 3), ("owner_user_id", null), ("owner_team_id", null), ("config", new JsonObject()))
        .Add("groupsearchview", 1, ("date_updated", Date), ("date_added", Date), ("name", "v"), ("user_id", 1), ("organization", 1), ("query", ""),
            ("query_sort", "date"), ("position", 0));
}
