using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>The event stream and the node store: what a reader finds, and what was sent.</summary>
public abstract class EventStreamSpecification(DatabaseUnderTest engine)
{
    private const long Day = 86_400;

    [Fact]
    [Parity("events 16", "3")]
    [Parity("addendum", "C-9")]
    public async Task Same_id_on_one_day_is_one_event_with_the_latest_payload()
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveAsync(Message("same", -5, ("event_id", Id(1)), ("extra", new JsonObject { ["at"] = 1 })));
        await database.SaveAsync(Message("same", -3, ("event_id", Id(1)), ("extra", new JsonObject { ["at"] = 2 })));

        Assert.Equal("1|2|2|2", await database.TextAsync("SELECT s.id, s.inserts, s.seq, g.times_seen FROM event_stream s JOIN sentry_groupedmessage g ON g.id = s.group_id"));
        Assert.Equal(2, (int?)JsonNode.Parse(await database.TextAsync("SELECT data FROM event_stream"))!["extra"]!["at"]);
        Assert.Equal(2, (int?)(await database.PayloadAsync(Id(1)))["extra"]!["at"]);
        Assert.Equal("nodestore_node 1, event_stream_log 2", await database.CountsAsync("nodestore_node", "event_stream_log"));
    }

    [Fact]
    [Parity("events 16", "3")]
    public async Task Same_id_on_two_days_is_two_events_that_share_the_last_payload()
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveManyAsync(
        [
            new EventInput(Shop, Message("same", 0, ("event_id", Id(1)), ("extra", new JsonObject { ["at"] = 1 }))),
            new EventInput(Shop, Message("same", -Day, ("event_id", Id(1)), ("extra", new JsonObject { ["at"] = 2 }))),
            new EventInput(Blog, Message("same", 0, ("event_id", Id(1)))),
        ]);

        Assert.Equal("1|2026-02-02|1\n1|2026-02-03|1\n2|2026-02-03|1", await database.TextAsync("SELECT project_id, day, inserts FROM event_stream ORDER BY project_id, day"));
        Assert.Equal(2, (int?)(await database.PayloadAsync(Id(1)))["extra"]!["at"]);
        Assert.Equal("nodestore_node 2", await database.CountsAsync("nodestore_node"));
    }

    [Fact]
    [Parity("addendum", "E-33")]
    public async Task Same_id_and_day_with_another_fingerprint_is_one_event_by_the_documented_rule()
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveAsync(Message("one", 0, ("event_id", Id(1)), ("fingerprint", new JsonArray("one"))));
        await database.SaveAsync(Message("two", 0, ("event_id", Id(1)), ("fingerprint", new JsonArray("two"))));

        Assert.Equal("2|2", await database.TextAsync("SELECT group_id, inserts FROM event_stream"));
        Assert.Equal("1\n2", await database.TextAsync("SELECT group_id FROM event_stream_log ORDER BY id"));
    }

    [Fact]
    [Parity("addendum", "E-49")]
    public async Task Stream_says_what_its_readers_are_told()
    {
        await using var database = await engine.SentryEventsAsync();

        var saved = await database.SaveAsync(Error("E", "value", -1, ("release", "1.0"), ("environment", "prod")));

        Assert.Equal(
            $"1|1|2026-02-03|{saved.EventId}|-1|1|error|python|null|1.0|prod|{saved.Data["hashes"]![0]}",
            await database.TextAsync(
                $"SELECT project_id, organization_id, day, event_id, {database.SecondsSql("\"timestamp\"")}, group_id, type, platform, retention_days, release, "
                + "environment, primary_hash FROM event_stream"));
        Assert.Equal("value E raise_E cart.py shop.cart in raise_E".Split(' ').Order(), (await database.TextAsync("SELECT message FROM event_stream")).Split(' ').Order());
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"is_new":true,"is_regression":false,"is_new_group_environment":true,"queue":"post_process_errors","skip_consume":false,
                 "group_states":[{"id":1,"is_new":true,"is_regression":false,"is_new_group_environment":true}]}
                """),
            JsonNode.Parse(await database.TextAsync("SELECT state FROM event_stream"))));
        Assert.Equal(await database.TextAsync("SELECT state FROM event_stream"), await database.TextAsync("SELECT state FROM event_stream_log"));
    }

    [Fact]
    public async Task Readers_are_not_told_of_debug_images_and_notes_of_the_protocol()
    {
        await using var database = await engine.SentryEventsAsync();
        var options = new EventWriterOptions { Clock = Clock, AssumeNormalized = true };

        await database.SaveAsync(
            Message("x", 0, ("event_id", Id(1)), ("level", "error"), ("type", "default"), ("_meta", new JsonObject { ["a"] = 1 }), ("debug_meta", new JsonObject { ["b"] = 1 })),
            options: options);

        var told = JsonNode.Parse(await database.TextAsync("SELECT data FROM event_stream"))!.AsObject();
        var kept = await database.PayloadAsync(Id(1));
        Assert.False(told.ContainsKey("_meta") || told.ContainsKey("debug_meta"));
        Assert.True(kept.ContainsKey("_meta") && kept.ContainsKey("debug_meta"));
        kept.Remove("_meta");
        kept.Remove("debug_meta");
        Assert.True(JsonNode.DeepEquals(kept, told));
    }

    [Fact]
    public async Task Text_of_any_kind_travels_whole()
    {
        await using var database = await engine.SentryEventsAsync();
        const string Text = "ünï ☃ 😀 \"quoted\" \\ ' \t \u007f \u2028 end";

        var saved = await database.SaveAsync(Message(Text + "\0", 0, ("extra", new JsonObject { ["text"] = Text + "\0" })));

        Assert.Equal(Text + "\0", (string?)(await database.PayloadAsync(saved.EventId))["extra"]!["text"]);
        Assert.Equal(Text, await database.TextAsync("SELECT message FROM event_stream"));
    }
}
