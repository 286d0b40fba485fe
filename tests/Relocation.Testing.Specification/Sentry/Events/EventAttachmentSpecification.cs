using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>What is kept beside error events.</summary>
public abstract class EventAttachmentSpecification(DatabaseUnderTest engine)
{
    private const string Minidump = "event.minidump";

    [Fact]
    [Parity("events 16", "18")]
    [Parity("addendum", "E-26")]
    public async Task Short_attachment_is_kept_in_its_row()
    {
        await using var database = await engine.SentryEventsAsync();

        var saved = await SaveAsync(database, Message("x", -50), File("a.txt", "hello"u8));

        Assert.Equal($"1|1|{saved.EventId}|event.attachment|a.txt|text/plain|5|aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d|null|:hello|0", await database.TextAsync(
            "SELECT project_id, group_id, event_id, type, name, content_type, size, sha1, file_id, blob_path, "
            + $"{database.SecondsSql("date_added")} FROM sentry_eventattachment"));
        Assert.Equal(5, (int?)(await database.PayloadAsync(saved.EventId))["_metrics"]!["bytes.stored.event.attachment"]);
    }

    [Fact]
    [Parity("events 16", "18")]
    [Parity("addendum", "E-58")]
    public async Task Discarded_event_has_no_attachment()
    {
        await using var database = await engine.SentryEventsAsync();
        await SaveAsync(database, Message("x"), File("a", "1"u8));
        await database.RunAsync("INSERT INTO sentry_grouptombstone (previous_group_id, project_id, level, message) VALUES (9, 1, 40, 'gone'); "
            + "UPDATE sentry_grouphash SET group_id = NULL, group_tombstone_id = 1");

        var saved = await SaveAsync(database, Message("x"), File("a", "2"u8));

        Assert.Equal(EventOutcome.Discarded, saved.Outcome);
        Assert.Equal("sentry_eventattachment 1", await database.CountsAsync("sentry_eventattachment"));
    }

    [Fact]
    [Parity("addendum", "E-52")]
    public async Task Attachment_is_kept_in_its_row_when_it_is_short_and_plain()
    {
        await using var database = await engine.SentryEventsAsync();
        byte[] longest = [.. Enumerable.Repeat((byte)'a', 191)];

        await SaveAsync(
            database,
            Message("x"),
            File("empty.bin", []),
            File("longest.json", longest),
            File("longer.html", [.. longest, (byte)'a']),
            File("bounds", [0x01, 0x7E]) with { ContentType = "text/html; charset=utf-8" },
            File("delete", [0x7F]),
            File("nul.png", [0x00]),
            File("again.html", [.. longest, (byte)'a']));

        Assert.Equal(
            """
            0|null|application/octet-stream
            191|inline|application/json
            192|blob|text/html
            2|inline|text/html
            1|blob|application/octet-stream
            1|blob|image/png
            192|blob|text/html
            """.ReplaceLineEndings("\n"),
            await database.TextAsync("SELECT size, CASE WHEN blob_path LIKE ':%' THEN 'inline' WHEN blob_path IS NOT NULL THEN 'blob' END, content_type FROM sentry_eventattachment ORDER BY id"));
        Assert.Equal("da39a3ee5e6b4b0d3255bfef95601890afd80709", await database.TextAsync("SELECT sha1 FROM sentry_eventattachment WHERE size = 0"));
        Assert.Equal("event_blob 3", await database.CountsAsync("event_blob"));
        var blob = await database.TextAsync("SELECT b.data FROM event_blob b JOIN sentry_eventattachment a ON a.blob_path = b.path WHERE a.name = 'longer.html'");
        await using var zlib = new ZLibStream(new MemoryStream(Convert.FromBase64String(blob)), CompressionMode.Decompress);
        using var reader = new StreamReader(zlib, Encoding.ASCII);
        Assert.Equal(new string('a', 192), await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(null, null, 0, false)]
    [InlineData(null, "1", 1, true)]
    [InlineData("0", "-1", 0, false)]
    [InlineData("2", "0", 2, true)]
    [InlineData("-1", null, 3, false)]
    [InlineData("true", null, 3, false)]
    [InlineData("false", "5", 0, false)]
    [Parity("addendum", "E-51")]
    public async Task Crash_reports_are_kept_as_far_as_options_say(string? project, string? organization, int kept, bool isNoted)
    {
        await using var database = await engine.SentryEventsAsync();
        if (project is not null)
        {
            await database.RunAsync($"INSERT INTO sentry_projectoptions (project_id, \"key\", value) VALUES (1, 'sentry:store_crash_reports', '{project}')");
        }

        if (organization is not null)
        {
            await database.RunAsync($"INSERT INTO sentry_organizationoptions (organization_id, \"key\", value) VALUES (1, 'sentry:store_crash_reports', '{organization}')");
        }

        await SaveAsync(database, Message("same"), File("crash", "1"u8) with { Type = Minidump });
        var last = await SaveAsync(
            database, Message("same"), File("crash", "2"u8) with { Type = "event.applecrashreport" }, File("crash", "3"u8) with { Type = Minidump }, File("note", "4"u8));

        Assert.Equal($"{kept + 1}", await database.TextAsync("SELECT count(*) FROM sentry_eventattachment"));
        Assert.Equal(isNoted, (bool?)(await database.PayloadAsync(last.EventId))["metadata"]!["stripped_crash"] ?? false);
    }

    [Fact]
    public async Task Attachments_of_other_events_and_those_over_a_limit_are_left_out()
    {
        await using var database = await engine.SentryEventsAsync();

        await SaveAsync(database, Message("x"), File("a", "1"u8) with { IsRateLimited = true });
        await SaveAsync(database, Transaction("/x"), File("a", "1"u8));
        await SaveAsync(database, Generic(), File("a", "1"u8));

        Assert.Equal("sentry_eventattachment 0, nodestore_node 3", await database.CountsAsync("sentry_eventattachment", "nodestore_node"));
    }

    private static EventAttachment File(string name, ReadOnlySpan<byte> content) => new() { Name = name, Content = content.ToArray() };

    private static async Task<EventResult> SaveAsync(TestDatabase database, JsonObject data, params EventAttachment[] attachments) =>
        (await database.SaveManyAsync([new EventInput(Shop, data) { Attachments = attachments }]))[0];
}
