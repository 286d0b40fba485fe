using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>What is worked out of an event alone, by what a database holds afterwards: tags, names, hashes, versions.</summary>
public abstract class EventContentSpecification(DatabaseUnderTest engine)
{
    [Fact]
    [Parity("addendum", "E-1")]
    [Parity("addendum", "E-2")]
    [Parity("addendum", "E-30")]
    public async Task Tags_come_from_the_user_the_request_and_the_contexts()
    {
        await using var database = await engine.SentryEventsAsync();

        var result = await database.SaveAsync(Parse(
            $$$"""
            {"user": {"id": "{{{new string('i', 250)}}}", "email": "a@example.com"}, "request": {"url": "http://a/"}, "tags": [["os", "old"]],
             "contexts": {"os": {"name": "Linux", "version": "6.1", "rooted": false}, "mine": {"type": "browser", "name": "Firefox"}},
             "exception": [{"type": "E", "mechanism": {"type": "onerror", "handled": true} } ] }
            """));
        var nobody = await database.SaveAsync(Parse("""{"user": {"name": "n"}, "tags": [["sentry:user", "old"]]}"""));

        var payload = await database.PayloadAsync(result.EventId);
        Assert.Equal(
            ("id:" + new string('i', 194) + "...", "http://a/", "Linux 6.1", "no", "Firefox", null, "onerror", "yes"),
            (payload.Tag("sentry:user"), payload.Tag("url"), payload.Tag("os"), payload.Tag("os.rooted"), payload.Tag("mine.name"), payload.Tag("mine"),
                payload.Tag("mechanism"), payload.Tag("handled")));
        Assert.Null((await database.PayloadAsync(nobody.EventId)).Tag("sentry:user"));
    }

    [Fact]
    [Parity("addendum", "E-24")]
    public async Task Version_of_a_release_is_in_eight_columns_or_in_none()
    {
        await using var database = await engine.SentryEventsAsync();

        foreach (var version in new[] { "shop@1.2.3-rc1+45", "shop@2", "7.1", "hello", "shop@9223372036854775808.0", "shop@1.0+9223372036854775808" })
        {
            await database.SaveAsync(SavedEvents.Message("m", 0, ("release", version)));
        }

        Assert.Equal(
            """
            7.1|null|7|1|0|0||null|null
            hello|null|null|null|null|null|null|null|null
            shop@1.0+9223372036854775808|shop|1|0|0|0||9223372036854775808|null
            shop@1.2.3-rc1+45|shop|1|2|3|0|rc1|45|45
            shop@2|shop|2|0|0|0||null|null
            shop@9223372036854775808.0|null|null|null|null|null|null|null|null
            """,
            string.Join('\n', (await database.TextAsync(
                "SELECT version, package, major, minor, patch, revision, prerelease, build_code, build_number FROM sentry_release"))
                .Split('\n').Order(StringComparer.Ordinal)));
    }

    [Fact]
    [Parity("addendum", "E-27")]
    [Parity("addendum", "E-28")]
    [Parity("addendum", "E-29")]
    public async Task Group_is_named_by_its_event()
    {
        await using var database = await engine.SentryEventsAsync();
        string[] events =
        [
            """{"message": "first\nsecond", "culprit": "given"}""",
            """{"exception": [{"value": "v", "stacktrace": {"frames": [{"module": "m", "function": "f", "in_app": true, "filename": "a.py"}, {"function": "g"}]}}]}""",
            """{"exception": [{"type": "E", "mechanism": {"synthetic": true}, "stacktrace": {"frames": [{"module": "m", "function": "h"}]}}], "request": {"url": "u"}}""",
            """{"csp": {"blocked_uri": "http://b.c/d", "effective_directive": "img-src"}, "message": "blocked"}""",
            """{"hpkp": {"hostname": "h"}, "message": "pinned"}""",
            """{"contexts": {"nel": {"error_type": "dns"}}, "message": "unreachable", "request": {"url": "http://n/"}}""",
            """{"type": "feedback", "fingerprint": ["f"], "contexts": {"feedback": {"message": "nice", "contact_email": "a@example.com"}}}""",
        ];

        foreach (var sent in events)
        {
            await database.SaveAsync(Parse(sent));
        }

        var rows = (await database.TextAsync("SELECT \"view\", data FROM sentry_groupedmessage ORDER BY id")).Split('\n').Select(row =>
        {
            var (culprit, data) = (row.Split('|', 2)[0], JsonNode.Parse(row.Split('|', 2)[1])!);
            return $"{data["type"]} [{data["title"]}] [{data["location"]}] [{culprit}]";
        });
        Assert.Equal(
            [
                "default [first] [] [given]", "error [Error: v] [a.py] [m in f]", "error [h] [] []", "csp [blocked] [b.c] []", "hpkp [pinned] [h] []",
                "nel [unreachable] [] [dns]", "feedback [<untitled>] [] []",
            ],
            rows);
    }

    [Fact]
    [Parity("events 16", "13")]
    [Parity("addendum", "E-31")]
    [Parity("addendum", "E-32")]
    [Parity("addendum", "E-34")]
    [Parity("addendum", "E-35")]
    public async Task Hashes_of_an_event_are_rows_of_its_group()
    {
        await using var database = await engine.SentryEventsAsync();
        const string Checksum = "invalid checksum hash";
        const string Frames = """{"frames": [{"module": "m", "function": "f", "in_app": true}, {"module": "n", "function": "g"}]}""";

        await database.SaveAsync(SavedEvents.Message("m", 0, ("checksum", Checksum)));
        await database.SaveAsync(SavedEvents.Message("m", 0, ("checksum", new string('a', 32))));
        await database.SaveAsync(SavedEvents.Message("m", 0, ("fingerprint", new JsonArray("a", "{{ level }}", "{{ tags.none }}"))));
        await database.SaveAsync(SavedEvents.Message("foo"));
        await database.SaveAsync(SavedEvents.Message("foo", 0, ("fingerprint", new JsonArray("{{ default }}", "x"))));
        var last = await database.SaveAsync(Parse($$"""{"exception": [{"type": "E", "stacktrace": {{Frames}} }]}"""));

        Assert.Equal(
            [
                $"1|{Md5(Checksum)}", $"1|{Checksum}", $"2|{new string('a', 32)}", $"3|{Md5("aerror<no-value-for-tag-none>")}", $"4|{Md5("foo")}", $"5|{Md5("foox")}",
                $"6|{Md5("Emf")}", $"6|{Md5("Emfng")}",
            ],
            (await database.TextAsync("SELECT group_id, hash FROM sentry_grouphash ORDER BY id")).Split('\n'));
        var payload = await database.PayloadAsync(last.EventId);
        Assert.Equal($"""["{Md5("Emf")}","{Md5("Emfng")}"]""", payload["hashes"]!.ToJsonString());
        Assert.Equal("""["{{ default }}"]""", payload["fingerprint"]!.ToJsonString());
    }

    [Fact]
    [Parity("events 16", "8")]
    [Parity("addendum", "E-36")]
    [Parity("addendum", "E-37")]
    public async Task Title_that_stands_for_none_gives_way_to_a_real_one_and_never_takes_its_place()
    {
        await using var database = await engine.SentryEventsAsync();
        var same = ("fingerprint", (JsonNode)new JsonArray("same"));

        await database.SaveAsync(Parse("""{"fingerprint": ["same"]}"""));
        var none = await TitleAsync(database);
        await database.SaveAsync(SavedEvents.Message("real\nmore", 0, (same.Item1, same.Item2.DeepClone())));
        var real = await TitleAsync(database);
        await database.SaveAsync(Parse("""{"fingerprint": ["same"]}"""));
        var kept = await TitleAsync(database);
        await database.SaveAsync(SavedEvents.Message("other", 0, (same.Item1, same.Item2.DeepClone())));

        Assert.Equal(("<unlabeled event>", "real", "real", "other"), (none, real, kept, await TitleAsync(database)));
    }

    [Fact]
    [Parity("addendum", "E-47")]
    [Parity("addendum", "E-48")]
    public async Task Spans_are_hashed_by_what_they_do_unless_one_is_none()
    {
        await using var database = await engine.SentryEventsAsync();
        var whole = SavedEvents.Transaction("/cart");
        var broken = SavedEvents.Transaction("/cart");
        broken["event_id"] = SavedEvents.Id(7);
        broken["level"] = "info";
        broken["spans"]![0]!.AsObject().Remove("span_id");

        var saved = await database.SaveAsync(whole);
        await database.SaveAsync(broken, options: new EventWriterOptions { Clock = SavedEvents.Clock, AssumeNormalized = true });

        var payload = await database.PayloadAsync(saved.EventId);
        var hashes = payload["spans"]!.AsArray().Select(span => (string?)span!["hash"]).ToList();
        Assert.Equal([Hash("SELECT * FROM t WHERE id = %s"), Hash("SELECT * FROM t WHERE id = %s"), Hash("SELECT %s FROM u")], hashes);
        Assert.Equal(Hash("/cart"), (string?)payload["contexts"]!["trace"]!["hash"]);
        var without = await database.PayloadAsync(SavedEvents.Id(7));
        Assert.All(without["spans"]!.AsArray(), span => Assert.Null(span!["hash"]));
        Assert.Null(without["span_grouping_config"]);
    }

    [Fact]
    [Parity("addendum", "E-22")]
    public async Task What_is_left_out_is_refused_by_its_name()
    {
        await using var database = await engine.SentryEventsAsync();

        Assert.All(EventWriter.LeftOut, feature =>
        {
            var refused = Assert.Throws<NotSupportedException>(() => database.Writer(new EventWriterOptions { With = [feature.Name] }));
            Assert.Contains(feature.Name, refused.Message, StringComparison.Ordinal);
        });
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "geo-lookup", "measurements", "breakdowns", "performance-scores", "span-tags", "device-class", "debug-images", "data-bag-trimming" },
            EventWriter.LeftOut.Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal));
    }

    private static async Task<string?> TitleAsync(TestDatabase database)
    {
        var data = JsonNode.Parse(await database.TextAsync("SELECT data FROM sentry_groupedmessage"))!;
        return (string?)data["metadata"]!["title"];
    }

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;

    private static string Hash(string text) => Md5(text)[..16];

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Sentry's hashes are MD5.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task Text_with_what_no_column_holds_finds_its_rows_again()
    {
        await using var database = await engine.SentryEventsAsync();
        static EventInput Next(string odd) => new(Shop, Message("x", 0, ("release", $"1{odd}.0"), ("environment", $"pr{odd}od"), ("checksum", $"a{odd}b"), ("transaction", $"t{odd}")));

        foreach (var odd in (string[])["\0", "\ud800"])
        {
            await database.SaveManyAsync([Next(odd), Next(odd)]);
            var again = await database.SaveManyAsync([Next(odd)]);
            Assert.Equal(EventOutcome.Saved, again[0].Outcome);
        }

        Assert.Equal(
            "sentry_release 2, sentry_environment 2, sentry_groupedmessage 2, sentry_grouphash 4, event_stream 6",
            await database.CountsAsync("sentry_release", "sentry_environment", "sentry_groupedmessage", "sentry_grouphash", "event_stream"));
        Assert.Equal("3\n3", await database.TextAsync("SELECT times_seen FROM sentry_groupedmessage ORDER BY id"));
        Assert.Equal("1.0\n1\ufffd.0", await database.TextAsync("SELECT version FROM sentry_release ORDER BY id"));
    }

    [Fact]
    [Parity("addendum", "E-34")]
    public async Task Limits_count_characters_of_two_units_as_one()
    {
        await using var database = await engine.SentryEventsAsync();
        var (release, checksum) = (string.Concat(Enumerable.Repeat("\U0001F600", 200)), string.Concat(Enumerable.Repeat("\U0001F601", 20)));

        var result = await database.SaveAsync(Message("x", 0, ("release", release), ("checksum", checksum)));

        Assert.Equal(EventOutcome.Saved, result.Outcome);
        Assert.Empty(result.Errors);
        Assert.Equal(release, await database.TextAsync("SELECT version FROM sentry_release"));
        Assert.Equal("1", await database.TextAsync($"SELECT count(*) FROM sentry_grouphash WHERE hash = '{checksum}'"));
    }
}
