using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>The table of repairs, by what a database holds afterwards.</summary>
public abstract class NormalizingSpecification(DatabaseUnderTest engine)
{
    private static readonly EventWriterOptions AtReceipt = new() { Clock = new FixedClock(NormalizingCase.Received) };

    [Fact]
    [Parity("events 16", "17")]
    [Parity("addendum", "E-4")]
    [Parity("addendum", "E-5")]
    [Parity("addendum", "E-6")]
    [Parity("addendum", "E-7")]
    [Parity("addendum", "E-10")]
    [Parity("addendum", "E-11")]
    [Parity("addendum", "E-12")]
    [Parity("addendum", "E-13")]
    [Parity("addendum", "E-14")]
    [Parity("addendum", "E-15")]
    [Parity("addendum", "E-16")]
    [Parity("addendum", "E-17")]
    [Parity("addendum", "E-18")]
    [Parity("addendum", "E-19")]
    [Parity("addendum", "E-20")]
    [Parity("addendum", "E-21")]
    public async Task Every_row_of_the_table_is_stored_as_it_says()
    {
        await using var database = await engine.SentryEventsAsync();
        var rows = NormalizingCases.All.Where(row => row.Refused is null).ToList();

        var results = await database.SaveManyAsync(rows.Select(row => new EventInput(SavedEvents.Shop, row.Event())), AtReceipt);

        var wrong = new List<string>();
        foreach (var (row, result) in rows.Zip(results))
        {
            var payload = await database.PayloadAsync(result.EventId);
            wrong.AddRange(row.Differences(payload).Select(difference => $"{row}: {difference}"));
        }

        Assert.Empty(wrong);
        Assert.All(results, result => Assert.Equal(EventOutcome.Saved, result.Outcome));
    }

    [Fact]
    [Parity("addendum", "E-8")]
    [Parity("addendum", "E-9")]
    public async Task What_is_refused_names_its_place_and_leaves_nothing()
    {
        await using var database = await engine.SentryEventsAsync();
        var rows = NormalizingCases.All.Where(row => row.Refused is not null).ToList();

        foreach (var row in rows)
        {
            var refused = await Assert.ThrowsAsync<EventRefusedException>(() => database.SaveManyAsync(
                [new EventInput(SavedEvents.Shop, SavedEvents.Message("before")), new EventInput(SavedEvents.Shop, row.Event())], AtReceipt));
            Assert.Equal((row.Refused, 1), (refused.Pointer, refused.Index));
        }

        Assert.InRange(rows.Count, 10, 50);
        Assert.Equal("nodestore_node 0, event_stream 0, sentry_groupedmessage 0, sentry_grouphash 0, sentry_release 0, sentry_environment 0", await database.CountsAsync(
            "nodestore_node", "event_stream", "sentry_groupedmessage", "sentry_grouphash", "sentry_release", "sentry_environment"));
    }

    /// <summary>Invented events are saved as they are, and their groups are met again.</summary>
    [Fact]
    public async Task Invented_events_are_saved_without_mending_and_fall_into_groups()
    {
        await using var database = await engine.SentryEventsAsync();
        var options = new SyntheticEventOptions { Count = 200, Projects = [SavedEvents.Shop, SavedEvents.Other], Seed = 5 };
        var inputs = SyntheticEvents.Make(options).Select(made => new EventInput(made["project"]!.GetValue<long>(), made)).ToList();

        var results = await database.SaveManyAsync(inputs, new EventWriterOptions { Clock = new FixedClock(options.Until) });

        Assert.All(results, result => Assert.Equal((EventOutcome.Saved, 0), (result.Outcome, result.Errors.Count())));
        Assert.Equal("nodestore_node 200, event_stream 200", await database.CountsAsync("nodestore_node", "event_stream"));
        var groups = long.Parse(await database.TextAsync("SELECT count(*) FROM sentry_groupedmessage"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(groups, 10, 4 * options.Groups);
        Assert.Equal(
            results.Count(result => result.Group is not null).ToString(System.Globalization.CultureInfo.InvariantCulture),
            await database.TextAsync("SELECT sum(times_seen) FROM sentry_groupedmessage"));
    }
}
