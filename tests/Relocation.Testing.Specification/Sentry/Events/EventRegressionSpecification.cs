using System.Globalization;
using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>Resolved groups that are seen again.</summary>
public abstract class EventRegressionSpecification(DatabaseUnderTest engine)
{
    private const long Hour = 3600;

    [Fact]
    [Parity("events 16", "7")]
    [Parity("addendum", "E-26")]
    [Parity("addendum", "E-41")]
    public async Task Resolved_group_that_is_seen_again_has_regressed()
    {
        await using var database = await ResolvedAsync();
        await database.RunAsync("INSERT INTO sentry_grouphistory (organization_id, group_id, project_id, status, date_added) VALUES "
            + $"(1, 1, 1, 1, {At(-900)}), (1, 1, 1, 11, {At(-800)}), (1, 1, 1, 3, {At(-700)})");

        var saved = await database.SaveAsync(Message("same", -10, ("release", "2.0")));

        Assert.True(saved.Group!.IsRegression);
        Assert.Equal("0|6|2|-10|-10", await GroupAsync(database));
        Assert.Equal("1|1|6|null|0", await database.TextAsync($"SELECT project_id, group_id, type, ident, {database.SecondsSql("datetime")} FROM sentry_activity"));
        Assert.True(JsonNode.DeepEquals(
            new JsonObject { ["event_id"] = saved.EventId, ["version"] = "2.0" }, JsonNode.Parse(await database.TextAsync("SELECT data FROM sentry_activity"))));
        Assert.Equal("1|1|1|2|7|2|-800|0", await database.TextAsync(
            $"SELECT organization_id, group_id, project_id, release_id, status, prev_history_id, {database.SecondsSql("prev_history_date")}, "
            + $"{database.SecondsSql("date_added")} FROM sentry_grouphistory WHERE status = 7"));
        Assert.True((bool?)JsonNode.Parse(await database.TextAsync("SELECT state FROM event_stream WHERE seq = 2"))!["is_regression"]);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    [InlineData(4, false)]
    [Parity("events 16", "7")]
    [Parity("addendum", "E-41")]
    public async Task Event_within_five_seconds_of_the_groups_last_start_leaves_it_resolved(int seconds, bool regresses)
    {
        await using var database = await ResolvedAsync();

        var saved = await database.SaveAsync(Message("same", -Hour + seconds));

        Assert.Equal(regresses, saved.Group!.IsRegression);
        Assert.Equal(regresses ? "0|6|2" : "1|null|2", (await GroupAsync(database))[..(regresses ? 5 : 8)]);
        Assert.EndsWith($"|{-Hour + seconds}", await GroupAsync(database), StringComparison.Ordinal);
    }

    [Fact]
    [Parity("addendum", "E-41")]
    public async Task Group_that_was_never_active_regresses()
    {
        await using var database = await ResolvedAsync();
        await database.RunAsync("UPDATE sentry_groupedmessage SET active_at = NULL");

        Assert.True((await database.SaveAsync(Message("same", -Hour))).Group!.IsRegression);
    }

    [Fact]
    public async Task Ignored_group_does_not_regress()
    {
        await using var database = await ResolvedAsync();
        await database.RunAsync($"UPDATE sentry_groupedmessage SET status = 2; INSERT INTO sentry_groupsnooze (group_id, until) VALUES (1, {At(-10)})");

        Assert.False((await database.SaveAsync(Message("same"))).Group!.IsRegression);
        Assert.StartsWith("2|", await GroupAsync(database), StringComparison.Ordinal);
    }

    [Fact]
    [Parity("addendum", "E-38")]
    public async Task Old_group_counts_as_resolved_for_old_events_only()
    {
        await using var database = await engine.SentryEventsAsync();
        await database.RunAsync("INSERT INTO sentry_projectoptions (project_id, \"key\", value) VALUES (1, 'sentry:resolve_age', '24')");
        await database.SaveAsync(Message("same", -100 * Hour));

        var old = await database.SaveAsync(Message("same", -50 * Hour));
        var now = await database.SaveAsync(Message("same"));

        Assert.True(old.Group!.IsRegression);
        Assert.False(now.Group!.IsRegression);
    }

    [Fact]
    public async Task Age_that_no_group_can_have_resolves_none()
    {
        await using var database = await engine.SentryEventsAsync();
        await database.RunAsync("INSERT INTO sentry_projectoptions (project_id, \"key\", value) VALUES (1, 'sentry:resolve_age', '2000000000')");
        await database.SaveAsync(Message("same", -100 * Hour));

        Assert.False((await database.SaveAsync(Message("same", -50 * Hour))).Group!.IsRegression);
    }

    [Theory]
    [InlineData(null, null, null, null, true)]
    [InlineData("2.0", 0, null, null, false)]
    [InlineData("2.0", 0, null, "2.0", true)]
    [InlineData("2.0", 0, null, "1.0", false)]
    [InlineData("2.0", 0, null, "3.0", true)]
    [InlineData("2.0", 1, null, "2.0", false)]
    [InlineData("2.0", null, null, "2.0", false)]
    [InlineData("2.0", 1, null, "1.0", false)]
    [InlineData("2.0", 1, null, "3.0", true)]
    [InlineData("1.0", 1, "2.0", "2.0", false)]
    [InlineData("1.0", 1, "2.0", "3.0", true)]
    [InlineData("1.0", 1, "2.0", "1.0", false)]
    [Parity("addendum", "E-39")]
    public async Task Resolution_covers_versions_up_to_its_own(string? resolvedIn, int? type, string? current, string? version, bool regresses)
    {
        await using var database = await WithReleasesAsync("1.0", "2.0", "3.0");
        await ResolveAsync(database, resolvedIn, type, current);

        Assert.Equal(regresses, await SeeAsync(database, version));
        Assert.Equal(resolvedIn is null || (regresses && version is not null) ? "0" : "1", await database.TextAsync("SELECT count(*) FROM sentry_groupresolution"));
    }

    [Theory]
    [InlineData("b", 0, null, "b", true)]
    [InlineData("b", 0, null, "a", false)]
    [InlineData("b", 0, null, "c", true)]
    [InlineData("b", 1, null, "b", false)]
    [InlineData("b", 1, null, "a", false)]
    [InlineData("b", 1, null, "c", true)]
    [InlineData("a", 1, "b", "b", false)]
    [InlineData("a", 1, "b", "a", false)]
    [InlineData("a", 1, "b", "c", true)]
    [InlineData("b", 1, "unknown", "c", true)]
    [InlineData("b", 1, "unknown", "a", false)]
    [Parity("addendum", "E-39")]
    public async Task Resolution_covers_releases_up_to_its_own_by_their_dates(string resolvedIn, int? type, string? current, string version, bool regresses)
    {
        await using var database = await WithReleasesAsync("a", "b", "c");
        await ResolveAsync(database, resolvedIn, type, current);

        Assert.Equal(regresses, await SeeAsync(database, version));
    }

    [Theory]
    [InlineData("1.0 x", false)]
    [InlineData("x 1.0", true)]
    [InlineData("1.0 2.0 x", true)]
    [InlineData("1.0 x 2.0", true)]
    [InlineData("x x1 x2 x3 1.0", true)]
    [InlineData("1.0 x x1 x2 x3", false)]
    [InlineData("x a b c d e f g 1.0 2.0 3.0", true)]
    [InlineData("x a b c d e f g h 1.0 2.0", false)]
    [Parity("addendum", "E-39")]
    public async Task Projects_newest_releases_decide_whether_versions_are_ordered_by_their_numbers(string versions, bool isSemver)
    {
        // By date 0.9 is later than what the group was resolved in; by its number it is earlier, and so covered.
        await using var database = await WithReleasesAsync([.. versions.Split(' ').Where(version => version != "1.0").Prepend("1.0")]);
        await database.RunAsync($"UPDATE sentry_release SET date_added = {At(-10 * Hour)} WHERE version = '1.0'");
        var order = versions.Split(' ');
        for (var i = 0; i < order.Length; i++)
        {
            await database.RunAsync($"UPDATE sentry_release SET date_added = {At(-9 * Hour + i)} WHERE version = '{order[i]}'");
        }

        await ResolveAsync(database, "1.0", 0, null);
        await database.RunAsync("INSERT INTO sentry_release (organization_id, version, date_added, data, new_groups, status) "
            + $"VALUES (1, '0.9', {At(-5)}, '{"{}"}', 0, 1); INSERT INTO sentry_release_project (project_id, release_id) SELECT 1, id FROM sentry_release WHERE version = '0.9'");

        Assert.Equal(!isSemver, await SeeAsync(database, "0.9"));
    }

    [Fact]
    [Parity("addendum", "E-41")]
    public async Task Resolution_that_is_beaten_goes_and_its_note_gets_the_version()
    {
        await using var database = await WithReleasesAsync("1.0", "2.0", "3.0");
        await ResolveAsync(database, "2.0", 0, null);
        await database.RunAsync("INSERT INTO sentry_activity (project_id, group_id, type, ident, datetime, data) VALUES "
            + $"(1, 1, 13, '1', {At(-700)}, '{"{\"version\":\"older\"}"}'), (1, 1, 13, '1', {At(-600)}, '{"{\"version\":\"\",\"kept\":1}"}'), (1, 1, 13, '2', {At(-500)}, '{"{\"version\":\"\"}"}')");

        var saved = await database.SaveAsync(Message("same", 0, ("release", "3.0")));

        Assert.Equal("sentry_groupresolution 0", await database.CountsAsync("sentry_groupresolution"));
        var notes = (await database.TextAsync("SELECT data FROM sentry_activity ORDER BY id")).Split('\n').Select(text => JsonNode.Parse(text)!).ToList();
        Assert.Equal(["older", "3.0", "", "3.0"], notes.Select(note => (string?)note["version"]));
        Assert.Equal(1, (int?)notes[1]["kept"]);
        Assert.True(JsonNode.DeepEquals(
            new JsonObject { ["event_id"] = saved.EventId, ["version"] = "3.0", ["follows_semver"] = true, ["resolved_in_version"] = "3.0" }, notes[3]));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("INSERT INTO sentry_releasecommit (id, organization_id, release_id, commit_id, \"order\") VALUES (1, 1, 1, 7, 1)", true)]
    [InlineData(
        "INSERT INTO sentry_releasecommit (id, organization_id, release_id, commit_id, \"order\") VALUES (1, 1, 1, 8, 1);"
        + "INSERT INTO sentry_pullrequest_commit (id, pull_request_id, commit_id) VALUES (1, 5, 7), (2, 5, 8)",
        true)]
    [InlineData("UPDATE sentry_grouplink SET relationship = 2", true)]
    [InlineData("UPDATE sentry_grouplink SET linked_type = 3", true)]
    [InlineData(
        "INSERT INTO sentry_grouplink (group_id, project_id, linked_type, linked_id, relationship, data, datetime) VALUES (1, 1, 1, 8, 1, '{}', '2026-01-01 00:00:00+00:00');"
        + "INSERT INTO sentry_releasecommit (id, organization_id, release_id, commit_id, \"order\") VALUES (1, 1, 1, 8, 1)",
        false)]
    [Parity("addendum", "E-40")]
    public async Task Group_whose_fix_is_in_no_release_yet_stays_resolved(string sql, bool regresses)
    {
        await using var database = await ResolvedAsync();
        await database.RunAsync(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO sentry_commit (id, organization_id, repository_id, "key", date_added) VALUES (7, 1, 1, 'a', {At(-50)}), (8, 1, 1, 'b', {At(-50)});
            INSERT INTO sentry_pull_request (id, organization_id, repository_id, "key", date_added) VALUES (5, 1, 1, 'p', {At(-50)});
            INSERT INTO sentry_grouplink (group_id, project_id, linked_type, linked_id, relationship, data, datetime) VALUES (1, 1, 1, 7, 1, '{"{}"}', {At(-50)});
            """));
        await database.RunAsync(sql);

        Assert.Equal(regresses, (await database.SaveAsync(Message("same"))).Group!.IsRegression);
    }

    private static Task<string> GroupAsync(TestDatabase database) => database.TextAsync(
        $"SELECT status, substatus, times_seen, {database.SecondsSql("active_at")}, {database.SecondsSql("last_seen")} FROM sentry_groupedmessage");

    /// <summary>Releases of the project, each an hour later than the one before; the group was resolved.</summary>
    private async Task<TestDatabase> WithReleasesAsync(params string[] versions)
    {
        var database = await ResolvedAsync(release: false);
        for (var i = 0; i < versions.Length; i++)
        {
            await database.RunAsync("INSERT INTO sentry_release (organization_id, version, date_added, data, new_groups, status) "
                + $"VALUES (1, '{versions[i]}', {At((i - 20) * Hour)}, '{"{}"}', 0, 0); "
                + $"INSERT INTO sentry_release_project (project_id, release_id) SELECT 1, id FROM sentry_release WHERE version = '{versions[i]}'");
        }

        return database;
    }

    private async Task<TestDatabase> ResolvedAsync(bool release = true)
    {
        var database = await engine.SentryEventsAsync();
        await database.SaveAsync(release ? Message("same", -Hour, ("release", "1.0")) : Message("same", -Hour));
        await database.RunAsync("UPDATE sentry_groupedmessage SET status = 1, substatus = NULL");
        return database;
    }

    private static Task ResolveAsync(TestDatabase database, string? version, int? type, string? current) => version is null
        ? Task.CompletedTask
        : database.RunAsync("INSERT INTO sentry_groupresolution (group_id, release_id, type, current_release_version, datetime, status) "
            + $"SELECT 1, id, {type?.ToString(CultureInfo.InvariantCulture) ?? "NULL"}, {(current is null ? "NULL" : $"'{current}'")}, {At(-100)}, 0 "
            + $"FROM sentry_release WHERE version = '{version}'");

    private static async Task<bool> SeeAsync(TestDatabase database, string? version) =>
        (await database.SaveAsync(version is null ? Message("same") : Message("same", 0, ("release", version)))).Group!.IsRegression;
}
