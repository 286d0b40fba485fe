using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Backups of older and newer versions: nothing is lost unsaid, and nobody is let in (docs/sentry-versions.md).</summary>
public abstract class SentryDriftSpecification(DatabaseUnderTest engine)
{
    private const string Newer = "26.2";
    private const string Older = "24.8.0";

    private static readonly ModelLabel View = ModelLabel.Parse("sentry.groupsearchview");

    public static TheoryData<string> Releases => [.. SentryReleases.All.Select(release => release.Name)];

    public static TheoryData<string> ScopeNames => [.. SentryScopes.All.Select(scope => scope.Name)];

    /// <summary>A field that takes something away, its value, and what is done with its record by rule.</summary>
    public static TheoryData<string, string, string, bool> Narrowed => new()
    {
        { "sentry.user", "is_suspended", "true", true },
        { "sentry.sentryapp", "is_disabled", "true", true },
        { "sentry.apitoken", "scoping_organization_id", "1", true },
        { "sentry.apiauthorization", "organization_id", "1", true },
        { "sentry.apigrant", "organization_id", "1", true },
        { "sentry.apigrant", "code_challenge", "\"x\"", false },
        { "sentry.apigrant", "code_challenge_method", "\"S256\"", false },
    };

    /// <summary>Records of 2023 and 2024 that have a place in 2026 get one, and the others are listed by rule.</summary>
    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Older_export_loses_nothing_that_has_a_place(string name)
    {
        await using var database = await engine.SentryImportAsync(Newer);

        var result = await database.ImportAsync(
            SentryReleases.Open(name), SentryScopes.Global, SentryRoundTrips.In(Newer) with { Widening = WideningPolicy.Nearest });

        Assert.Empty(result.Records.Drift.UnknownModels);
        Assert.Empty(result.Records.Drift.UnknownFields);
        Assert.Empty(result.Records.Dropped);
        var dropped = result.Records.Drift.Declared.Where(drift => drift.Kind == BackupRuleKind.ModelDropped).ToList();
        Assert.Equal(result.Records.RecordCount, result.Map.Count + dropped.Sum(drift => drift.Records));
        Assert.Equal(
            dropped.Where(drift => drift.Model.Value != "sentry.actor").Select(drift => (drift.Model, drift.Records)).OrderBy(lost => lost.Model),
            result.Records.Findings.Where(finding => finding is { Kind: ImportFindingKind.NoPlace } && finding.Message.Contains("left out", StringComparison.Ordinal))
                .Select(finding => (finding.Model!.Value, finding.Records)).OrderBy(lost => lost.Item1));
        Assert.All(result.Records.Findings, finding => Assert.Contains("docs/sentry-versions.md", finding.Message, StringComparison.Ordinal));
    }

    /// <summary>A view that only its user saw is left out, or becomes a star of its user at the same position.</summary>
    [Theory]
    [InlineData(WideningPolicy.ByRule)]
    [InlineData(WideningPolicy.LeaveOut)]
    [InlineData(WideningPolicy.Nearest)]
    [InlineData(WideningPolicy.Refuse)]
    public async Task View_of_one_user_is_not_opened_unless_asked_for(WideningPolicy policy)
    {
        await using var database = await engine.SentryImportAsync(Newer);
        var records = new SentryRecords().Organization(1, "acme").User(2, "ada").Member(3, 1, 2)
            .Add("groupsearchview", 4, ("organization", 1), ("user_id", 2), ("name", "a"), ("query", "q"), ("position", 1), ("date_added", "2024-05-06T07:08:09.100Z"))
            .Add("groupsearchview", 5, ("organization", 1), ("user_id", 2), ("name", "b"), ("query", "q"), ("position", 0));
        var options = SentryRoundTrips.In(Newer) with { Widening = policy };

        if (policy == WideningPolicy.Refuse)
        {
            var refused = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(records.Backup, SentryScopes.Organization, options));
            Assert.Equal(2, refused.Errors.Count);
            Assert.Contains("--widening", refused.Message, StringComparison.Ordinal);
            return;
        }

        var result = await database.ImportAsync(records.Backup, SentryScopes.Organization, options);

        var isTaken = policy == WideningPolicy.Nearest;
        Assert.Equal(isTaken ? 0 : 2, result.Records.Dropped.Count);
        Assert.Equal(
            (View, 2L), result.Records.Findings.Where(finding => finding.Kind == ImportFindingKind.WiderAccess).Select(finding => (finding.Model, finding.Records)).Single());
        Assert.Equal(
            isTaken ? "b|0|organization\na|1|organization" : string.Empty,
            await database.TextAsync("SELECT v.name, s.position, v.visibility FROM sentry_groupsearchviewstarred s JOIN sentry_groupsearchview v ON v.id = s.group_search_view_id ORDER BY s.position"));
    }

    /// <summary>A newer backup in older tables: its stars are positions, and what has no place is counted.</summary>
    [Theory]
    [Case("sentry/backup-2025-11")]
    [MemberData(nameof(ScopeNames))]
    public async Task Newer_backup_gives_the_approved_map_in_older_tables(string scopeName)
    {
        await using var database = await engine.SentryImportAsync(Older);

        var result = await database.ImportAsync(Case("backup-2025-11"), SentryScopes.Parse(scopeName), SentryRoundTrips.In(Older));

        Assert.Empty(result.Records.Drift.UnknownModels);
        Assert.Empty(result.Records.Drift.UnknownFields);
        var lines = result.Records.Findings.Select(finding => finding.Message).Concat(result.Records.Dropped.Select(drop => $"{drop.Place.Model} {drop.Place.Key}: {drop.Rule}"));
        await ApprovedSnapshot.CheckFileAsync(
            string.Join('\n', lines), Repository.Golden($"sentry/backup-2025-11.in-{Older}.{scopeName}.losses"), cancellationToken: Cancel);
        await ApprovedSnapshot.CheckFileAsync(result.Map, Repository.Golden($"sentry/backup-2025-11.in-{Older}.{scopeName}"), cancellationToken: Cancel);
    }

    /// <summary>Of several views one user's own stars decide, and the others come next.</summary>
    [Fact]
    [Case("sentry/newer-view-without-position")]
    public async Task Views_without_a_position_take_their_stars_or_the_next_that_is_free()
    {
        await using var database = await engine.SentryImportAsync(Older);
        var records = SentryImports.Records(Repository.Shared("cases", "sentry", "newer-view-without-position.json"));
        var view = records[2]!;
        foreach (var key in new[] { 7, 6, 5 })
        {
            var other = view.DeepClone();
            other["pk"] = key;
            other["fields"]!["name"] = $"v{key}";
            records.Add(other);
        }

        var star = new JsonObject { ["user_id"] = 1, ["organization"] = view["fields"]!["organization"]!.DeepClone(), ["group_search_view"] = 7, ["position"] = 0 };
        records.Add(new JsonObject { ["model"] = "sentry.groupsearchviewstarred", ["pk"] = 1, ["fields"] = star });

        var result = await database.ImportAsync(
            records.ToBackup(), SentryScopes.Organization, SentryRoundTrips.In(Older) with { SuspendedUsers = WideningPolicy.Nearest });

        Assert.Equal("v7|0\nv|1\nv5|2\nv6|3", await database.TextAsync("SELECT name, position FROM sentry_groupsearchview ORDER BY position"));
        Assert.Equal("owner@acme.example|False", (await database.TextAsync("SELECT username, is_active FROM auth_user")).Replace("|0", "|False", StringComparison.Ordinal));
        Assert.Contains(result.Records.Findings, finding => finding is { Kind: ImportFindingKind.WiderAccess, Records: 1 });
    }

    [Theory]
    [Case("sentry/backup-suspended-user")]
    [InlineData(Newer, WideningPolicy.ByRule, -1, false)]
    [InlineData(Newer, WideningPolicy.Nearest, 11, false)]
    [InlineData(Newer, WideningPolicy.LeaveOut, 6, true)]
    [InlineData("26.6", WideningPolicy.ByRule, 10, true)]
    [InlineData(Older, WideningPolicy.Nearest, 11, false)]
    public async Task Suspended_user_does_not_get_in(string version, WideningPolicy policy, int imported, bool isActive)
    {
        await using var database = await engine.SentryImportAsync(version);
        var options = SentryRoundTrips.In(version) with { SuspendedUsers = policy };

        if (imported < 0)
        {
            var refused = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(Case("backup-suspended-user"), SentryScopes.Global, options));
            Assert.Contains("(sentry.user 1): Field 'is_suspended' takes something away", refused.Message, StringComparison.Ordinal);
            Assert.Single(refused.Errors);
            return;
        }

        var result = await database.ImportAsync(Case("backup-suspended-user"), SentryScopes.Global, options);

        Assert.Equal(imported, result.Map.Count);
        var users = (await database.TextAsync("SELECT username, is_active FROM auth_user ORDER BY username DESC"))
            .Replace("|1", "|True", StringComparison.Ordinal).Replace("|0", "|False", StringComparison.Ordinal);
        Assert.Equal(policy == WideningPolicy.LeaveOut ? "free|True" : $"suspended|{isActive}\nfree|True", users);
        if (version == "26.6")
        {
            Assert.Equal("1", (await database.TextAsync("SELECT count(*) FROM auth_user WHERE is_suspended")));
        }
    }

    /// <summary>Whatever a version cannot hold of what a record takes away, the record does not come in as if it took nothing.</summary>
    [Theory]
    [MemberData(nameof(Narrowed))]
    public async Task Record_that_would_give_more_access_is_refused_or_left_out(string model, string field, string value, bool isRefused)
    {
        await using var database = await engine.SentryImportAsync(Older);
        var records = JsonNode.Parse(SentryFixtures.ExhaustiveJson(Older))!.AsArray();
        var first = records.First(record => record!["model"]!.GetValue<string>() == model)!;
        first["fields"]![field] = JsonNode.Parse(value);

        if (isRefused)
        {
            var refused = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(records.ToBackup(), SentryScopes.Global, SentryRoundTrips.In(Older)));
            Assert.Contains($"({model} {first["pk"]}): Field '{field}' takes something away", refused.Message, StringComparison.Ordinal);
            Assert.Contains(model == "sentry.user" ? "--suspended-users" : "--widening", refused.Message, StringComparison.Ordinal);
        }

        var leftOut = await database.ImportAsync(
            records.ToBackup(), SentryScopes.Global, SentryRoundTrips.In(Older) with { Widening = WideningPolicy.LeaveOut, SuspendedUsers = WideningPolicy.LeaveOut });

        Assert.DoesNotContain(leftOut.Map.Of(ModelLabel.Parse(model)), mapping => mapping.Old == RecordKey.From(first["pk"]!.GetValue<long>()));
        Assert.Contains(leftOut.Records.Dropped, drop => drop.Rule?.Contains(field, StringComparison.Ordinal) == true);
        Assert.Contains(leftOut.Records.Findings, finding => finding.Kind == ImportFindingKind.WiderAccess && finding.Message.Contains($"'{field}'", StringComparison.Ordinal));
    }

    /// <summary>The form of options and rules before 2025 is read value by value as that of today, if the backup is of that form.</summary>
    [Fact]
    public async Task Older_texts_become_the_JSON_that_they_hold()
    {
        await using var database = await engine.SentryImportAsync(Newer);
        var records = new SentryRecords().User(1, "ada")
            .Add("option", 2, ("key", "a"), ("value", "\"13\""), ("last_updated", "2024-05-06T07:08:09.100Z"), ("last_updated_by", "unknown"))
            .Add("option", 3, ("key", "b"), ("value", 13), ("last_updated", "2024-05-06T07:08:09.100Z"), ("last_updated_by", "unknown"))
            .Add("option", 4, ("key", "c"), ("value", "[1, \"x\"]"), ("last_updated", "2024-05-06T07:08:09.100Z"), ("last_updated_by", "unknown"));

        await database.ImportAsync(records.Backup, SentryScopes.Global, SentryRoundTrips.In(Newer));

        var exported = JsonNode.Parse(await database.ExportAsync(SentryScopes.Global, Newer))!.AsArray();
        Assert.Equal(
            ["\"13\"", "13", "[1,\"x\"]"],
            exported.Where(record => record!["model"]!.GetValue<string>() == "sentry.option").Select(record => record!["fields"]!["value"]!.ToJsonString()));
    }

    /// <summary>Slugs of projects are as long as the version lets them be.</summary>
    [Theory]
    [InlineData(Newer, 80)]
    [InlineData(Older, 50)]
    public async Task Slug_is_cut_where_the_version_has_no_room_only(string version, int length)
    {
        await using var database = await engine.SentryImportAsync(version);
        var records = new SentryRecords().Organization(1, "acme").Project(2, 1, new string('x', 80));

        var result = await database.ImportAsync(records.Backup, SentryScopes.Organization, SentryRoundTrips.In(version));

        Assert.Equal(length, result.Slug(ModelLabel.Parse("sentry.project"), RecordKey.From(2))!.Length);
    }

    [Fact]
    public async Task Rules_of_the_caller_are_added_to_those_of_Sentry()
    {
        await using var database = await engine.SentryImportAsync(Newer);
        var records = new SentryRecords().Organization(1, "acme").Add("plan", 2, ("tier", "gold"));
        var team = ModelLabel.Parse("sentry.team");
        records.Add("group", 3, ("organization", 1), ("label", "A"), ("slug", "a"));
        var options = SentryRoundTrips.In(Newer) with
        {
            Import = new ImportOptions
            {
                BackupRules = [BackupRule.ModelDropped("sentry.plan"), BackupRule.ModelRenamed("sentry.group", "sentry.team"), BackupRule.FieldRenamed("sentry.team", "label", "name")],
                Models = new Dictionary<ModelLabel, ModelOptions> { [team] = new() { Keys = KeyPolicy.Preserve } },
            },
        };

        var result = await database.ImportAsync(records.Backup, SentryScopes.Organization, options);

        Assert.Empty(result.Records.Findings);
        Assert.Equal("3|A|a", await database.TextAsync("SELECT id, name, slug FROM sentry_team"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Backup Case(string name) => Backup.FromFile(Repository.Shared("cases", "sentry", $"{name}.json"));
}
