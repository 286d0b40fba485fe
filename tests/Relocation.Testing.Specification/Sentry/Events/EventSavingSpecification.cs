using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Sentry.Importing;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>What an event leaves, by its kind.</summary>
public abstract class EventSavingSpecification(DatabaseUnderTest engine)
{
    [Fact]
    [Parity("addendum", "C-8")]
    [Parity("events 16", "1")]
    [Parity("addendum", "E-26")]
    public async Task Event_without_environment_makes_one_without_a_name_and_links_the_project()
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveAsync(Message("hello", seconds: -5));
        await database.SaveAsync(Message("hello", seconds: -4));
        await database.SaveAsync(Message("hello", seconds: -3, ("environment", "prod")));

        Assert.Equal("1||1|0\n1|prod|1|0", await database.TextAsync(
            $"SELECT e.organization_id, e.name, p.project_id, {database.SecondsSql("e.date_added")} FROM sentry_environment e "
            + "JOIN sentry_environmentproject p ON p.environment_id = e.id ORDER BY e.id"));
        Assert.Equal("0", await database.TextAsync($"SELECT {database.SecondsSql("first_seen")} FROM sentry_groupenvironment WHERE id = 1"));
        Assert.Equal("0", await database.TextAsync($"SELECT DISTINCT {database.SecondsSql("\"timestamp\"")} FROM nodestore_node"));
    }

    [Fact]
    [Parity("events 16", "2")]
    [Parity("addendum", "C-8")]
    public async Task Events_of_one_fingerprint_share_a_group()
    {
        await using var database = await engine.SentryEventsAsync();

        var first = await database.SaveAsync(Message("one", 0, ("fingerprint", new JsonArray("same"))));
        var second = await database.SaveAsync(Message("two", 0, ("fingerprint", new JsonArray("same"))));
        var third = await database.SaveAsync(Message("three"));

        Assert.Equal(new EventGroupInfo(1, 1, true, false, true, null, 1), first.Group);
        Assert.Equal(new EventGroupInfo(1, 1, false, false, false, null, 1), second.Group);
        Assert.Equal(new EventGroupInfo(2, 2, true, false, true, null, 1), third.Group);
        Assert.Equal("1|1|2\n2|2|1", await database.TextAsync("SELECT id, short_id, times_seen FROM sentry_groupedmessage ORDER BY id"));
        Assert.Equal("1|2\n2|1", await database.TextAsync("SELECT group_id, count(*) FROM event_stream GROUP BY group_id ORDER BY group_id"));
        Assert.Equal("1|2", await database.TextAsync("SELECT project_id, value FROM sentry_projectcounter"));
    }

    [Fact]
    public async Task New_group_holds_what_its_event_says()
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveAsync(Error("ValueError", "broken\ncart", -10, ("level", "warning"), ("logger", "app"), ("sdk", new JsonObject { ["name"] = "sentry.python" })));

        Assert.Equal(
            "1|1|app|30|python|shop.cart in raise_ValueError|0|7|1|50|1|0|-10|-10|-10",
            await database.TextAsync(
                "SELECT project_id, short_id, logger, level, platform, \"view\", status, substatus, times_seen, priority, type, num_comments, "
                + $"{database.SecondsSql("first_seen")}, {database.SecondsSql("last_seen")}, {database.SecondsSql("active_at")} FROM sentry_groupedmessage"));
        var data = JsonNode.Parse(await database.TextAsync("SELECT data FROM sentry_groupedmessage"))!;
        Assert.Equal("error", (string?)data["type"]);
        Assert.Equal("ValueError: broken", (string?)data["title"]);
        Assert.Equal("cart.py", (string?)data["location"]);
        Assert.Equal("shop.cart in raise_ValueError", (string?)data["culprit"]);
        Assert.Equal(Now, (double?)data["last_received"]);
        Assert.Equal(50, (int?)data["metadata"]!["initial_priority"]);
        Assert.Equal("sentry.python", (string?)data["metadata"]!["sdk"]!["name"]);
        Assert.Equal("ValueError", (string?)data["metadata"]!["type"]);
    }

    [Fact]
    [Parity("addendum", "E-45")]
    public async Task Payload_of_an_event_with_group_refers_to_its_project()
    {
        await using var database = await engine.SentryEventsAsync();

        var error = await database.SaveAsync(Message("hello"));
        var transaction = await database.SaveAsync(Transaction("/cart"));
        var generic = await database.SaveAsync(Generic());

        var payload = await database.PayloadAsync(error.EventId);
        Assert.Equal((Shop, 2), ((long)payload["_ref"]!, (int)payload["_ref_version"]!));
        Assert.Equal(Now, (long)payload["nodestore_insert"]!);
        Assert.True(JsonNode.DeepEquals(error.Data, payload));
        Assert.False((await database.PayloadAsync(transaction.EventId)).ContainsKey("_ref"));
        Assert.False((await database.PayloadAsync(generic.EventId)).ContainsKey("_ref"));
        Assert.Equal((Shop, Shop), ((long)transaction.Data["project"]!, (long)generic.Data["project"]!));
    }

    [Fact]
    public async Task Size_of_the_payload_is_that_of_its_text_before_the_size_is_in_it()
    {
        await using var database = await engine.SentryEventsAsync();

        var saved = await database.SaveAsync(Message("größer", 0, ("_metrics", new JsonObject { ["bytes.ingested.event"] = 7 })));

        var payload = await database.PayloadAsync(saved.EventId);
        var size = (int)payload["_metrics"]!["bytes.stored.event"]!;
        payload["_metrics"]!.AsObject().Remove("bytes.stored.event");
        payload.Remove("nodestore_insert");
        Assert.Equal(7, (int)payload["_metrics"]!["bytes.ingested.event"]!);
        Assert.Equal(size, System.Text.Encoding.UTF8.GetByteCount(payload.ToJsonString(
            new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));
    }

    [Fact]
    [Parity("events 16", "11")]
    [Parity("addendum", "E-50")]
    public async Task Transaction_makes_no_group_but_links_its_release_and_hashes_its_spans()
    {
        await using var database = await engine.SentryEventsAsync();

        var saved = await database.SaveAsync(Transaction("/cart", 0, ("release", "1.0"), ("environment", "prod")));

        Assert.Null(saved.Group);
        Assert.Equal(
            "sentry_groupedmessage 0, sentry_grouphash 0, sentry_projectcounter 0, sentry_groupenvironment 0, sentry_grouprelease 0, "
            + "sentry_environmentrelease 1, sentry_releaseprojectenvironment 1, event_stream 1",
            await database.CountsAsync(
                "sentry_groupedmessage", "sentry_grouphash", "sentry_projectcounter", "sentry_groupenvironment", "sentry_grouprelease",
                "sentry_environmentrelease", "sentry_releaseprojectenvironment", "event_stream"));
        var hashes = (await database.PayloadAsync(saved.EventId))["spans"]!.AsArray().Select(span => (string)span!["hash"]!).ToList();
        Assert.All(hashes, hash => Assert.Matches("^[0-9a-f]{16}$", hash));
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
        var state = JsonNode.Parse(await database.TextAsync("SELECT state FROM event_stream"))!;
        Assert.True(state["group_states"] is null && !(bool)state["is_new"]! && !(bool)state["is_regression"]! && !(bool)state["is_new_group_environment"]!);
        Assert.Equal("null|null|transaction", await database.TextAsync("SELECT group_id, primary_hash, type FROM event_stream"));
        Assert.Equal("15|null", await database.TextAsync("SELECT flags, first_event FROM sentry_project WHERE id = 1"));
    }

    [Fact]
    [Parity("events 16", "12")]
    public async Task Generic_event_is_stored_without_stream_and_without_links_of_its_release()
    {
        await using var database = await engine.SentryEventsAsync();

        var saved = await database.SaveAsync(Generic(0, ("release", "1.0"), ("environment", "prod")));

        Assert.Equal(
            "nodestore_node 1, sentry_release 1, sentry_environment 1, event_stream 0, event_stream_log 0, sentry_environmentrelease 0, "
            + "sentry_releaseprojectenvironment 0, sentry_groupedmessage 0",
            await database.CountsAsync(
                "nodestore_node", "sentry_release", "sentry_environment", "event_stream", "event_stream_log", "sentry_environmentrelease",
                "sentry_releaseprojectenvironment", "sentry_groupedmessage"));
        Assert.Equal("generic", saved.Type);
        Assert.Equal("1.0", (await database.PayloadAsync(saved.EventId)).Tag("sentry:release"));
    }

    [Fact]
    [Parity("addendum", "E-3")]
    public async Task Tags_of_release_and_distribution_give_way_to_those_of_their_rows()
    {
        await using var database = await engine.SentryEventsAsync();
        static JsonArray Tags() => new(new JsonArray("release", "x"), new JsonArray("dist", "x"), new JsonArray("user", "x"));
        var assumed = new EventWriterOptions { Clock = Clock, AssumeNormalized = true };

        var without = await database.SaveAsync(
            Message("a", 0, ("event_id", Id(1)), ("level", "error"), ("type", "default"), ("tags", Tags())), options: assumed);
        var with = await database.SaveAsync(
            Message("b", 0, ("event_id", Id(2)), ("level", "error"), ("type", "default"), ("tags", Tags()), ("release", "1.0"), ("dist", "7"), ("user", new JsonObject { ["id"] = "4" })),
            options: assumed);

        Assert.Equal(("x", "x", "x"), (without.Data.Tag("release"), without.Data.Tag("dist"), without.Data.Tag("user")));
        Assert.Equal((null, null, null), (with.Data.Tag("release"), with.Data.Tag("dist"), with.Data.Tag("user")));
        Assert.Equal(("1.0", "7", "id:4"), (with.Data.Tag("sentry:release"), with.Data.Tag("sentry:dist"), with.Data.Tag("sentry:user")));
    }

    [Fact]
    public async Task Derived_tags_are_added_where_there_are_none()
    {
        await using var database = await engine.SentryEventsAsync();
        var options = new EventWriterOptions { Clock = Clock, DeriveTags = _ => [new("shop", "derived"), new("level", "derived")] };

        var saved = await database.SaveAsync(Message("hello"), options: options);

        Assert.Equal(("derived", "error"), (saved.Data.Tag("shop"), saved.Data.Tag("level")));
    }

    [Fact]
    public async Task First_event_of_a_project_is_noted_unless_what_follows_is_skipped()
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveAsync(Message("raw", -90), options: new EventWriterOptions { Clock = Clock, Raw = true });
        var raw = await database.TextAsync("SELECT first_event FROM sentry_project WHERE id = 1");
        await database.SaveAsync(Message("first", -60));
        await database.SaveAsync(Message("second", -120));

        Assert.Equal("null", raw);
        Assert.Equal("-60", await database.TextAsync($"SELECT {database.SecondsSql("first_event")} FROM sentry_project WHERE id = 1"));
        Assert.Equal("true\nfalse\nfalse", string.Join('\n', (await database.TextAsync("SELECT state FROM event_stream ORDER BY id")).Split('\n')
            .Select(state => JsonNode.Parse(state)!["skip_consume"]!.ToJsonString())));
    }

    [Fact]
    public async Task Node_can_be_kept_as_the_application_keeps_it()
    {
        await using var database = await engine.SentryEventsAsync();

        var saved = await database.SaveAsync(Message("hello"), options: new EventWriterOptions { Clock = Clock, EncodesNodes = true });

        var bytes = Convert.FromBase64String(await database.TextAsync("SELECT data FROM nodestore_node"));
        await using var zlib = new System.IO.Compression.ZLibStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(zlib);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(saved.Data, JsonNode.Parse(text)));
    }

    [Fact]
    public async Task Events_are_saved_into_every_version_of_the_models()
    {
        foreach (var version in (string[])[SentryModel.Versions[^1], SentryModel.Versions[SentryModel.Versions.Count / 2]])
        {
            await using var database = await engine.SentryEventsAsync(version);
            var options = new EventWriterOptions { Clock = new FixedClock(Imports.Now), Version = version };

            var saved = await database.SaveAsync(Error("ValueError", "broken", 0, ("release", "1.0")), options: options);

            Assert.Equal(new EventGroupInfo(1, 1, true, false, true, 1, 1), saved.Group);
        }
    }
}
