using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>Hashes, groups and their counters.</summary>
public abstract class EventGroupSpecification(DatabaseUnderTest engine)
{
    private static readonly EventWriterOptions Assumed = new() { Clock = Clock, AssumeNormalized = true };

    [Fact]
    [Parity("events 16", "4")]
    public async Task Older_event_lowers_the_first_sighting_and_leaves_the_last_one()
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveAsync(Message("same", -50));
        await database.SaveAsync(Message("same", -500));

        Assert.Equal("-500|-50|-50|2", await database.TextAsync(
            $"SELECT {database.SecondsSql("first_seen")}, {database.SecondsSql("last_seen")}, {database.SecondsSql("active_at")}, times_seen FROM sentry_groupedmessage"));
    }

    [Fact]
    [Parity("events 16", "5")]
    [Parity("addendum", "E-58")]
    public async Task Discarded_event_leaves_its_release_and_hashes_and_no_more()
    {
        await using var database = await engine.SentryEventsAsync();
        await BuryAsync(database, "gone");

        var saved = await database.SaveAsync(
            Message("x", 0, ("fingerprint", new JsonArray("gone")), ("release", "1.0"), ("dist", "7"), ("environment", "prod")));

        Assert.Equal((EventOutcome.Discarded, "discard", 1L), (saved.Outcome, saved.Reason, saved.TombstoneId!.Value));
        Assert.Null(saved.Group);
        Assert.Equal(
            "sentry_release 1, sentry_release_project 1, sentry_distribution 1, sentry_grouphash 1, nodestore_node 0, event_stream 0, event_stream_log 0, "
            + "sentry_environment 0, sentry_environmentproject 0, sentry_groupenvironment 0, sentry_projectcounter 0, sentry_groupedmessage 0",
            await database.CountsAsync(
                "sentry_release", "sentry_release_project", "sentry_distribution", "sentry_grouphash", "nodestore_node", "event_stream", "event_stream_log",
                "sentry_environment", "sentry_environmentproject", "sentry_groupenvironment", "sentry_projectcounter", "sentry_groupedmessage"));
        Assert.Equal("11", await database.TextAsync("SELECT flags FROM sentry_project WHERE id = 1"));
    }

    [Fact]
    [Parity("events 16", "6")]
    public async Task Tombstone_behind_a_hash_with_a_group_is_passed_by()
    {
        await using var database = await engine.SentryEventsAsync();
        const string Checksum = "invalid checksum hash";
        await database.SaveAsync(Message("x", 0, ("checksum", Checksum)));
        await database.RunAsync($"INSERT INTO sentry_grouptombstone (previous_group_id, project_id, level, message) VALUES (9, 1, 40, 'gone'); "
            + $"UPDATE sentry_grouphash SET group_id = NULL, group_tombstone_id = 1 WHERE hash = '{Checksum}'");

        var behind = await database.SaveAsync(Message("y", 0, ("checksum", Checksum)));
        await database.RunAsync($"UPDATE sentry_grouphash SET group_id = NULL, group_tombstone_id = 1 WHERE hash <> '{Checksum}'");
        var first = await database.SaveAsync(Message("z", 0, ("checksum", Checksum)));

        Assert.Equal((EventOutcome.Saved, 1L), (behind.Outcome, behind.Group!.GroupId));
        Assert.Equal(EventOutcome.Discarded, first.Outcome);
    }

    [Fact]
    [Parity("events 16", "8")]
    [Parity("addendum", "E-37")]
    public async Task Placeholder_title_does_not_take_the_place_of_a_real_one()
    {
        await using var database = await engine.SentryEventsAsync();

        await SaveAsync("<untitled>");
        var placeholder = await TitleAsync();
        await SaveAsync("Real");
        var real = await TitleAsync();
        await SaveAsync("<unknown>");
        var kept = await TitleAsync();
        await SaveAsync("Other");

        Assert.Equal(("<untitled>", "Real", "Real", "Other"), (placeholder, real, kept, await TitleAsync()));

        Task SaveAsync(string title) => database.SaveAsync(Message("same", 0, ("fingerprint", new JsonArray("same")), ("title", title)));

        async Task<string?> TitleAsync() => (string?)JsonNode.Parse(await database.TextAsync("SELECT data FROM sentry_groupedmessage"))!["title"];
    }

    [Fact]
    public async Task Groups_data_are_the_stored_ones_under_those_of_the_latest_event()
    {
        await using var database = await engine.SentryEventsAsync();
        await database.SaveAsync(Message("same", 0, ("metadata", new JsonObject { ["kept"] = "old", ["both"] = "old" })));

        await database.SaveAsync(Message("same", 0, ("level", "fatal"), ("culprit", "new culprit"), ("metadata", new JsonObject { ["both"] = "new" })));

        var data = JsonNode.Parse(await database.TextAsync("SELECT data FROM sentry_groupedmessage"))!;
        Assert.Equal(("old", "new"), ((string?)data["metadata"]!["kept"], (string?)data["metadata"]!["both"]));
        Assert.Equal("new culprit", (string?)data["culprit"]);
        Assert.Equal(75, (int?)data["metadata"]!["initial_priority"] + 0);
        Assert.Equal("50|new culprit|75", await database.TextAsync("SELECT level, \"view\", priority FROM sentry_groupedmessage"));
    }

    [Fact]
    [Parity("addendum", "E-36")]
    public async Task Message_of_a_group_is_its_first_line_until_a_second_event_comes()
    {
        await using var database = await engine.SentryEventsAsync();
        var message = "  " + new string('m', 300) + "\nsecond line";

        await database.SaveAsync(Message(message, 0, ("fingerprint", new JsonArray("same")), ("culprit", "here")));
        var first = await database.TextAsync("SELECT message FROM sentry_groupedmessage");
        await database.SaveAsync(Message(message, 0, ("fingerprint", new JsonArray("same")), ("culprit", "here")));

        Assert.Equal(new string('m', 252) + "...", first);
        var second = await database.TextAsync("SELECT message FROM sentry_groupedmessage");
        Assert.Contains("second line", second, StringComparison.Ordinal);
        Assert.EndsWith(" here", second, StringComparison.Ordinal);
    }

    [Fact]
    [Parity("events 16", "13")]
    [Parity("addendum", "E-34")]
    public async Task Checksum_that_is_no_hash_has_two_rows_of_one_group()
    {
        await using var database = await engine.SentryEventsAsync();

        var saved = await database.SaveAsync(Message("x", 0, ("checksum", "invalid checksum hash")));
        await database.SaveAsync(Message("y", 0, ("checksum", new string('A', 32))), Blog);
        await database.SaveAsync(Message("z", 0, ("checksum", new string('c', 33))), Other);

        Assert.Equal("invalid checksum hash", (string?)saved.Data["hashes"]![1]);
        Assert.Equal("1|2\n2|2\n3|1", await database.TextAsync("SELECT group_id, count(*) FROM sentry_grouphash GROUP BY group_id ORDER BY group_id"));
        Assert.Equal((string?)saved.Data["hashes"]![0], await database.TextAsync("SELECT primary_hash FROM event_stream WHERE project_id = 1"));
    }

    [Fact]
    [Parity("events 16", "14")]
    [Parity("addendum", "E-59")]
    public async Task Event_whose_hash_leads_to_a_group_of_another_kind_is_returned_and_not_stored()
    {
        await using var database = await engine.SentryEventsAsync();
        await database.SaveAsync(Message("x", 0, ("checksum", new string('a', 32))));
        await database.RunAsync("UPDATE sentry_groupedmessage SET type = 1001; UPDATE sentry_grouphash SET hash = 'invalid checksum hash'");

        var saved = await database.SaveAsync(Message("y", 0, ("checksum", "invalid checksum hash"), ("release", "1.0"), ("environment", "prod")));

        Assert.Equal(EventOutcome.NotGrouped, saved.Outcome);
        Assert.Null(saved.Group);
        Assert.Equal("1|1", await database.TextAsync("SELECT id, times_seen FROM sentry_groupedmessage"));
        Assert.Equal("null\n1", await database.TextAsync("SELECT group_id FROM sentry_grouphash ORDER BY hash"));
        Assert.Equal("event_stream 1, nodestore_node 1, sentry_environment 1, sentry_release 1", await database.CountsAsync(
            "event_stream", "nodestore_node", "sentry_environment", "sentry_release"));
    }

    [Fact]
    [Parity("events 16", "15")]
    public async Task Imported_counter_is_continued()
    {
        await using var database = await engine.SentryEventsAsync();
        await database.ImportAsync(
            new SentryRecords().Organization(70, "third").Project(71, 70, "api").Add("counter", 1, ("project", 71), ("value", 2)).Backup, SentryScopes.Organization);

        var first = await database.SaveAsync(Message("x"), project: 4);
        var second = await database.SaveAsync(Message("y"), project: 4);

        Assert.Equal((3L, 4L), (first.Group!.ShortId!.Value, second.Group!.ShortId!.Value));
        Assert.Equal("4|4", await database.TextAsync("SELECT project_id, value FROM sentry_projectcounter"));
    }

    [Fact]
    [Parity("events 16", "16")]
    [Parity("addendum", "E-43")]
    public async Task Counter_that_is_stuck_goes_on_behind_the_highest_number()
    {
        await using var database = await engine.SentryEventsAsync();
        foreach (var message in (string[])["a", "b", "c"])
        {
            await database.SaveAsync(Message(message));
        }

        await database.RunAsync("UPDATE sentry_projectcounter SET value = 0; UPDATE sentry_groupedmessage SET short_id = 9 WHERE id = 3; UPDATE sentry_groupedmessage SET short_id = 5 WHERE id = 1");

        var numbers = (await database.SaveManyAsync(((string[])["d", "e", "f"]).Select(message => new EventInput(Shop, Message(message)))))
            .Select(result => result.Group!.ShortId!.Value);

        // 2 is taken, and from 10 on nothing is.
        Assert.Equal([1, 10, 11], numbers);
        Assert.Equal("11", await database.TextAsync("SELECT value FROM sentry_projectcounter"));
    }

    [Fact]
    public async Task Hash_that_is_being_moved_gets_no_group()
    {
        await using var database = await engine.SentryEventsAsync();
        await database.SaveAsync(Message("x", 0, ("checksum", "invalid checksum hash")));
        await database.RunAsync("UPDATE sentry_grouphash SET group_id = NULL, state = 1 WHERE hash = 'invalid checksum hash'");

        await database.SaveAsync(Message("y", 0, ("checksum", "invalid checksum hash")));

        Assert.Equal("1|null\nnull|1", await database.TextAsync("SELECT group_id, state FROM sentry_grouphash ORDER BY id"));
    }

    [Fact]
    [Parity("addendum", "E-42")]
    [Parity("addendum", "E-44")]
    public async Task Event_without_level_has_no_group_and_its_hashes_stay()
    {
        await using var database = await engine.SentryEventsAsync();
        var events = new[] { Bare(1, ("level", null)), Bare(2, ("level", 40)), Bare(3, ("level", "sample")), Bare(4, ("level", "error")) };

        var results = await database.SaveManyAsync(events.Select(data => new EventInput(Shop, data)), Assumed);

        Assert.Equal([EventOutcome.Failed, EventOutcome.Failed, EventOutcome.Saved, EventOutcome.Saved], results.Select(result => result.Outcome));
        Assert.Contains("level", results[0].Reason, StringComparison.Ordinal);
        Assert.Equal("1|0|50\n2|40|75", await database.TextAsync("SELECT short_id, level, priority FROM sentry_groupedmessage ORDER BY id"));
        Assert.Equal("null\nnull\n1\n2", await database.TextAsync("SELECT group_id FROM sentry_grouphash ORDER BY id"));
        Assert.Equal("2", await database.TextAsync("SELECT value FROM sentry_projectcounter"));
    }

    [Fact]
    [Parity("addendum", "E-53")]
    public async Task Event_of_no_known_type_leaves_its_release_only()
    {
        await using var database = await engine.SentryEventsAsync();

        var results = await database.SaveManyAsync(
            [new EventInput(Shop, Bare(1, ("type", "pigeon"), ("release", "1.0"))), new EventInput(Shop, Bare(2))], Assumed);

        Assert.Equal([EventOutcome.Failed, EventOutcome.Saved], results.Select(result => result.Outcome));
        Assert.Contains("type", results[0].Reason, StringComparison.Ordinal);
        Assert.Equal("sentry_release 1, sentry_grouphash 1, nodestore_node 1", await database.CountsAsync("sentry_release", "sentry_grouphash", "nodestore_node"));
    }

    [Fact]
    [Parity("addendum", "E-31")]
    public async Task Grouping_changes_nothing_of_the_payload_but_what_it_is_about()
    {
        await using var database = await engine.SentryEventsAsync();
        var grouping = new RecordingGrouping();

        var saved = await database.SaveAsync(Error("E", "v"), options: new EventWriterOptions { Clock = Clock, Grouping = grouping });

        Assert.NotNull(grouping.Seen!["title"]);
        Assert.NotNull(grouping.Seen["culprit"]);
        Assert.Equal(["feed", "f00d"], saved.Data["hashes"]!.AsArray().Select(hash => (string?)hash));
        string[] added = ["_metrics", "_ref", "_ref_version", "fingerprint", "grouping_config", "hashes", "nodestore_insert"];
        Assert.Equal(
            added, saved.Data.Select(member => member.Key).Where(name => !grouping.Seen.ContainsKey(name)).Concat(added.Where(grouping.Seen.ContainsKey)).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Parity("addendum", "E-56")]
    public async Task Key_of_a_release_that_does_not_fit_its_column_is_refused()
    {
        await using var database = await engine.SentryEventsAsync();
        await database.RunAsync($"INSERT INTO sentry_release (id, organization_id, version, date_added, data, new_groups) VALUES (2147483648, 1, '1.0', {At(0)}, '{"{}"}', 0)");
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<EventRefusedException>(() => database.SaveAsync(Message("x", 0, ("release", "1.0"))));

        Assert.Contains("sentry_grouprelease.release_id", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    [Parity("addendum", "E-46")]
    public async Task Data_of_groups_and_activities_are_json_texts()
    {
        await using var database = await engine.SentryEventsAsync();
        await database.SaveAsync(Message("x", -100));
        await database.RunAsync("UPDATE sentry_groupedmessage SET status = 1, data = NULL");

        await database.SaveAsync(Message("x"));

        Assert.Equal("x", (string?)JsonNode.Parse(await database.TextAsync("SELECT data FROM sentry_groupedmessage"))!["title"]);
        Assert.NotNull(JsonNode.Parse(await database.TextAsync("SELECT data FROM sentry_activity"))!["event_id"]);
    }

    private static JsonObject Bare(int id, params (string, JsonNode?)[] more) => Message(
        $"bare {id}", 0, [("event_id", Id(id)), ("level", "error"), ("type", "default"), ("checksum", id.ToString("x32", System.Globalization.CultureInfo.InvariantCulture)), .. more]);

    private static async Task BuryAsync(TestDatabase database, string fingerprint)
    {
#pragma warning disable CA5351 // Fingerprints are hashed so.
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(fingerprint)));
#pragma warning restore CA5351
        await database.RunAsync("INSERT INTO sentry_grouptombstone (previous_group_id, project_id, level, message) VALUES (9, 1, 40, 'gone'); "
            + $"INSERT INTO sentry_grouphash (project_id, hash, group_tombstone_id) VALUES (1, '{hash}', 1)");
    }

    private sealed class RecordingGrouping : IEventGrouping
    {
        internal JsonObject? Seen { get; private set; }

        public IReadOnlyList<string> HashesOf(JsonObject data)
        {
            Seen = (JsonObject)data.DeepClone();
            return ["feed", "f00d"];
        }
    }
}
