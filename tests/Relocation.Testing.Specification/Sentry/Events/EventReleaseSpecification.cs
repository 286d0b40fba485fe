using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Sentry.Importing;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>Releases, distributions, and what links them to projects and environments.</summary>
public abstract class EventReleaseSpecification(DatabaseUnderTest engine)
{
    private static readonly EventWriterOptions Assumed = new() { Clock = Clock, AssumeNormalized = true };

    [Fact]
    [Parity("events 16", "9")]
    public async Task Release_with_the_projects_slug_before_its_version_is_used_where_it_is_linked()
    {
        await using var database = await engine.SentryEventsAsync();
        await database.SaveAsync(Message("a", 0, ("release", "shop-1.0")));

        var shop = await database.SaveAsync(Message("b", 0, ("release", "1.0")));
        var blog = await database.SaveAsync(Message("b", 0, ("release", "1.0")), Blog);

        Assert.Equal(("shop-1.0", "1.0"), (shop.Data.Tag("sentry:release"), blog.Data.Tag("sentry:release")));
        Assert.Equal("1|shop-1.0|1\n2|1.0|2", await database.TextAsync(
            "SELECT t.id, t.version, l.project_id FROM sentry_release t JOIN sentry_release_project l ON l.release_id = t.id ORDER BY t.id"));
    }

    [Fact]
    public async Task Release_of_the_organization_is_linked_to_each_project_that_uses_it()
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveAsync(Message("a", -50, ("release", "1.0"), ("dist", "7")));
        await database.SaveAsync(Message("a", -70, ("release", "1.0"), ("dist", "7")), Blog);
        await database.SaveAsync(Message("a", -90, ("release", "1.0")), Other);

        Assert.Equal("1|1|1.0|-50|0|0\n2|2|1.0|-90|0|0", await database.TextAsync(
            $"SELECT id, organization_id, version, {database.SecondsSql("date_added")}, total_deploys, status FROM sentry_release ORDER BY id"));
        Assert.Equal("1|1|1\n2|1|1\n3|2|1", await database.TextAsync("SELECT project_id, release_id, new_groups FROM sentry_release_project ORDER BY id"));
        Assert.Equal("1|1|7|-50", await database.TextAsync(
            $"SELECT organization_id, release_id, name, {database.SecondsSql("date_added")} FROM sentry_distribution"));
    }

    [Fact]
    [Parity("events 16", "10")]
    public async Task Last_sighting_of_a_release_in_an_environment_moves_after_more_than_a_minute()
    {
        await using var database = await engine.SentryEventsAsync();
        var sql = $"SELECT {database.SecondsSql("e.first_seen")}, {database.SecondsSql("e.last_seen")}, {database.SecondsSql("p.first_seen")}, "
            + $"{database.SecondsSql("p.last_seen")}, {database.SecondsSql("g.first_seen")}, {database.SecondsSql("g.last_seen")} "
            + "FROM sentry_environmentrelease e, sentry_releaseprojectenvironment p, sentry_grouprelease g";

        await SaveAtAsync(-300);
        await SaveAtAsync(-240);
        var within = await database.TextAsync(sql);
        await SaveAtAsync(-239);
        var past = await database.TextAsync(sql);
        await SaveAtAsync(-900);

        Assert.Equal("-300|-300|-300|-300|-300|-300", within);
        Assert.Equal("-300|-239|-300|-239|-300|-239", past);
        Assert.Equal(past, await database.TextAsync(sql));

        Task SaveAtAsync(long seconds) => database.SaveAsync(Message("same", seconds, ("release", "1.0"), ("environment", "prod")));
    }

    [Fact]
    [Parity("addendum", "E-23")]
    public async Task Version_that_no_row_holds_stays_a_text()
    {
        await using var database = await engine.SentryEventsAsync();
        var version = new string('v', 251);

        var saved = await database.SaveAsync(
            Message("a", 0, ("event_id", Id(1)), ("level", "error"), ("type", "default"), ("release", version), ("dist", "7")), options: Assumed);

        Assert.Equal(EventOutcome.Saved, saved.Outcome);
        Assert.Equal(version, (string?)(await database.PayloadAsync(Id(1)))["release"]);
        Assert.Null(saved.Data.Tag("sentry:release"));
        Assert.Equal("sentry_release 0, sentry_distribution 0", await database.CountsAsync("sentry_release", "sentry_distribution"));
    }

    [Theory]
    [InlineData("shop@1.2.3-rc1+45", "shop|1|2|3|0|rc1|45|45")]
    [InlineData("shop@2.0", "shop|2|0|0|0||null|null")]
    [InlineData("not a version", "null|null|null|null|null|null|null|null")]
    [InlineData("shop@9223372036854775808.0", "null|null|null|null|null|null|null|null")]
    [Parity("addendum", "E-24")]
    public async Task Release_holds_its_version_as_numbers(string version, string columns)
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveAsync(Message("a", 0, ("release", version)));

        Assert.Equal(columns, await database.TextAsync("SELECT package, major, minor, patch, revision, prerelease, build_code, build_number FROM sentry_release"));
    }

    [Fact]
    [Parity("addendum", "E-25")]
    public async Task Flag_of_releases_is_set_where_a_release_is_linked_and_only_there()
    {
        await using var database = await engine.SentryEventsAsync();
        var before = await database.TextAsync("SELECT flags FROM sentry_project ORDER BY id");

        await database.SaveAsync(Message("a", 0, ("release", "1.0")));
        var linked = await database.TextAsync("SELECT flags FROM sentry_project ORDER BY id");
        await database.RunAsync("UPDATE sentry_project SET flags = 10");
        await database.SaveAsync(Message("a", 0, ("release", "1.0")));

        Assert.Equal("10\n10\n10", before);
        Assert.Equal("11\n10\n10", linked);
        Assert.Equal("10\n10\n10", await database.TextAsync("SELECT flags FROM sentry_project ORDER BY id"));
    }

    [Fact]
    [Parity("addendum", "E-25")]
    public async Task First_transaction_sets_its_flag_unless_told_not_to()
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveAsync(Transaction("/a"), options: new EventWriterOptions { Clock = Clock, SkipFirstTransaction = true });
        var skipped = await database.TextAsync("SELECT flags FROM sentry_project WHERE id = 1");
        await database.SaveAsync(Transaction("/a"));

        Assert.Equal(("10", "14"), (skipped, await database.TextAsync("SELECT flags FROM sentry_project WHERE id = 1")));
    }

    [Fact]
    public async Task Remembered_release_is_not_linked_to_a_second_project()
    {
        await using var database = await engine.SentryEventsAsync();
        var clock = new AdjustableClock(Imports.Now);
        var writer = new EventWriter(database.Engine, new EventWriterOptions { Clock = clock, RemembersReleases = true });
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);

        await SaveAsync(Shop);
        await SaveAsync(Blog);
        var remembered = await connection.TextAsync("SELECT project_id, new_groups FROM sentry_release_project ORDER BY id");
        clock.Now += TimeSpan.FromHours(1);
        await SaveAsync(Blog);

        Assert.Equal("1|1", remembered);
        Assert.Equal("1|1\n2|0", await connection.TextAsync("SELECT project_id, new_groups FROM sentry_release_project ORDER BY id"));

        Task SaveAsync(long project) => writer.SaveAsync(
            connection, project, Message("a", 0, ("release", "1.0")), TestContext.Current.CancellationToken);
    }

    [Fact]
    [Parity("addendum", "E-26")]
    public async Task Rows_of_releases_are_dated_by_the_event()
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveAsync(Error("E", "v", -77, ("release", "1.0"), ("dist", "a"), ("environment", "prod")));

        Assert.Equal("-77|-77|-77|-77|-77|-77", await database.TextAsync(
            $"SELECT {database.SecondsSql("r.date_added")}, {database.SecondsSql("d.date_added")}, {database.SecondsSql("e.first_seen")}, "
            + $"{database.SecondsSql("p.first_seen")}, {database.SecondsSql("g.first_seen")}, {database.SecondsSql("x.first_seen")} FROM sentry_release r, "
            + "sentry_distribution d, sentry_environmentrelease e, sentry_releaseprojectenvironment p, sentry_grouprelease g, sentry_groupedmessage x"));
    }

    [Fact]
    public async Task Batch_holds_a_release_and_takes_its_first_events_date()
    {
        await using var database = await engine.SentryEventsAsync();

        await database.SaveManyAsync(
        [
            new EventInput(Shop, Message("a", -100, ("release", "1.0"))), new EventInput(Shop, Message("a", -10, ("release", "1.0"))),
            new EventInput(Shop, Message("b", -20, ("release", "1.0"), ("tags", new JsonArray(new JsonArray("a", "b"))))),
        ]);

        Assert.Equal("-100|2", await database.TextAsync(
            $"SELECT {database.SecondsSql("r.date_added")}, p.new_groups FROM sentry_release r JOIN sentry_release_project p ON p.release_id = r.id"));
    }
}
