using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>Writers that work at once, and one that is stopped.</summary>
public abstract class EventWritersSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writers_of_every_kind_at_once_lose_no_event_and_stop_nobody()
    {
        const int Writers = 4, Batches = 12, Size = 15;
        await using var database = await engine.SentryEventsAsync();

        var saved = await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(
            async () =>
            {
                var writer = new EventWriter(database.Engine, new EventWriterOptions
                {
                    Clock = Clock,
                    Seed = number,
                    Buffer = number % 2 == 0 ? EventBufferMode.Immediate : EventBufferMode.Deferred,
                    RemembersReleases = number == 1,
                });
                var events = new RandomEvents(900 + number).Take(Batches * Size).ToList();
                var results = new List<EventResult>();
                await using var connection = await database.OpenConnectionAsync(Cancel);
                foreach (var batch in events.Chunk(Size))
                {
                    results.AddRange(await writer.SaveManyAsync(connection, batch, Cancel));
                    await writer.FlushBuffersAsync(connection, Cancel);
                }

                return results;
            },
            Cancel)));

        var all = saved.SelectMany(results => results).ToList();
        Assert.All(all, result => Assert.Equal(EventOutcome.Saved, result.Outcome));
        var errors = all.Count(result => result.Group is not null).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(errors, await database.TextAsync("SELECT sum(times_seen) FROM sentry_groupedmessage"));
        Assert.Equal(
            all.Count(result => result.Type != "generic").ToString(System.Globalization.CultureInfo.InvariantCulture),
            await database.TextAsync("SELECT sum(inserts) FROM event_stream"));
        Assert.Equal(
            await database.TextAsync("SELECT project_id, max(short_id), count(*) FROM sentry_groupedmessage GROUP BY project_id ORDER BY project_id"),
            await database.TextAsync("SELECT project_id, value, value FROM sentry_projectcounter ORDER BY project_id"));
    }

    [Fact]
    public async Task Writer_that_is_stopped_before_any_statement_leaves_nothing_and_goes_on()
    {
        await using var database = await engine.SentryEventsAsync();
        await database.SaveManyAsync(new RandomEvents(31).Take(20));
        var before = WithoutCounters(await engine.FingerprintAsync(database));
        var writer = new EventWriter(engine.Target.Engine, Options);
        await using var inner = await database.OpenConnectionAsync(Cancel);
        await using var connection = new CountingConnection(inner);
        var stopped = 0;

        for (var isDone = false; !isDone; stopped++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var last = connection.Statements + stopped + 1;
            connection.BeforeStatement = number =>
            {
                if (number == last)
                {
                    stop.Cancel();
                }
            };
            try
            {
                await writer.SaveManyAsync(connection, [.. new RandomEvents(32).Take(25)], stop.Token);
                isDone = true;
            }
            catch (OperationCanceledException)
            {
                if (stopped % 9 == 0)
                {
                    Assert.Equal(before, WithoutCounters(await engine.FingerprintAsync(database)));
                }
            }
        }

        Assert.InRange(stopped, 15, 60);
        await using var other = await engine.SentryEventsAsync();
        await other.SaveManyAsync(new RandomEvents(31).Take(20));
        await other.SaveManyAsync(new RandomEvents(32).Take(25), Options);
        Assert.Equal(
            await other.TextAsync("SELECT sum(times_seen), max(short_id), count(*) FROM sentry_groupedmessage"),
            await database.TextAsync("SELECT sum(times_seen), max(short_id), count(*) FROM sentry_groupedmessage"));
    }

    [Fact]
    public async Task Connection_that_was_closed_in_between_goes_on()
    {
        await using var database = await engine.SentryEventsAsync();
        var writer = new EventWriter(engine.Target.Engine, Options);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        for (var turn = 0; turn < 3; turn++)
        {
            await writer.SaveAsync(connection, Shop, Message("same", 0, ("release", "1.0")), Cancel);
            await connection.CloseAsync();
            await connection.OpenAsync(Cancel);
        }

        Assert.Equal("3", await database.TextAsync("SELECT times_seen FROM sentry_groupedmessage"));
    }

    [Fact]
    public async Task Object_with_many_members_takes_no_longer_than_it_is()
    {
        // One by one, taking the members out would take minutes.
        const int Members = 60_000;
        await using var database = await engine.SentryEventsAsync();
        static JsonObject Many() => new(Enumerable.Range(0, Members).Select(number => KeyValuePair.Create($"k{number}", (JsonNode?)"v")));

        var result = await database.SaveAsync(Message("x", 0, ("tags", Many()), ("user", Many())));

        Assert.Equal(Members, result.Data["user"]!["data"]!.AsObject().Count);
        Assert.Equal("v", result.Data.Tag($"k{Members - 1}"));
    }

    /// <summary>Sequences of PostgreSQL do not roll back.</summary>
    private static string WithoutCounters(string fingerprint) => string.Join('\n', fingerprint.Split('\n').Where(line =>
        !line.Contains("sqlite_sequence", StringComparison.Ordinal) && !line.Contains("_id_seq: ", StringComparison.Ordinal)));
}
