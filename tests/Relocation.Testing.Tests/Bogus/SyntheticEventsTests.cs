using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;
using Relocation.Testing.Sentry.Events.Spans;
using Xunit;

namespace Relocation.Testing.Tests.Bogus;

public sealed class SyntheticEventsTests
{
    private static readonly SyntheticEventOptions AllKinds = new()
    {
        Count = 300,
        Seed = 3,
        Projects = [4, 5],
        Kinds = Enum.GetValues<SyntheticEventKind>().ToDictionary(kind => kind, _ => 1.0),
    };

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("ja")]
    public void Nothing_of_an_event_is_to_be_mended(string locale)
    {
        var options = new SyntheticEventOptions { Count = 300, Locale = locale, Kinds = AllKinds.Kinds };
        var receipt = new EventReceipt { Received = options.Until, FreshId = () => throw new InvalidOperationException("An event has no id.") };

        Assert.All(SyntheticEvents.Make(options), made =>
        {
            EventNormalizer.Normalize(made, receipt);
            Assert.Equal("[]", made["errors"]!.ToJsonString());
        });
    }

    [Fact]
    public void Errors_fall_into_groups_of_which_some_come_often()
    {
        var receipt = new EventReceipt { Received = AllKinds.Until, FreshId = () => string.Empty };
        var groups = SyntheticEvents.Make(AllKinds).Select(made =>
        {
            EventNormalizer.Normalize(made, receipt);
            return made;
        }).Where(made => made["type"]!.GetValue<string>() is "error" or "default").GroupBy(made => EventGrouping.Default.HashesOf(made)[0]).ToList();

        Assert.InRange(groups.Count, 10, 2 * AllKinds.Groups);
        Assert.InRange(groups.Max(group => group.Count()), 15, 100);
    }

    [Fact]
    public void Transactions_have_spans_that_can_be_grouped()
    {
        var options = new SyntheticEventOptions { Kinds = new Dictionary<SyntheticEventKind, double> { [SyntheticEventKind.Transaction] = 1 } };
        var made = SyntheticEvents.Make(options).ToList();

        Assert.All(made, each => Assert.True(SpanGrouping.Apply(each)));
        var hashes = made.SelectMany(each => each["spans"]!.AsArray()).Select(span => span!["hash"]!.GetValue<string>()).ToList();
        Assert.InRange(hashes.Distinct(StringComparer.Ordinal).Count(), 10, hashes.Count - 50);
    }

    [Fact]
    public async Task Same_seed_gives_the_same_text_and_more_events_leave_the_first_ones()
    {
        var once = await TextOfAsync(AllKinds, asLines: true);
        var other = await TextOfAsync(With(AllKinds, 300, seed: 4), asLines: true);
        var fewer = await TextOfAsync(With(AllKinds, 100, seed: 3), asLines: true);

        Assert.Equal(once, await TextOfAsync(AllKinds, asLines: true));
        Assert.NotEqual(once, other);
        Assert.StartsWith(fewer, once, StringComparison.Ordinal);
        Assert.Equal(300, once.Count(character => character == '\n'));
    }

    [Fact]
    public async Task Array_and_lines_hold_the_same_events_of_the_kinds_that_are_counted()
    {
        var array = (JsonArray)JsonNode.Parse(await TextOfAsync(AllKinds, asLines: false))!;
        var lines = (await TextOfAsync(AllKinds, asLines: true)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(lines.Select(line => JsonNode.Parse(line)!.ToJsonString()), array.Select(made => made!.ToJsonString()));
        Assert.Equal("[]", (await TextOfAsync(With(AllKinds, 0, 0), asLines: false)).Trim());
        Assert.Empty(await TextOfAsync(With(AllKinds, 0, 0), asLines: true));
        var counts = SyntheticEvents.CountKinds(AllKinds);
        Assert.Equal(300, counts.Values.Sum());
        Assert.Equal(counts[SyntheticEventKind.Transaction], array.Count(made => made!["type"]?.GetValue<string>() == "transaction"));
        Assert.Equal(counts[SyntheticEventKind.Error], array.Count(made => made!["exception"] is not null));
        Assert.Equal(counts[SyntheticEventKind.Generic], array.Count(made => made!["type"]?.GetValue<string>() == "generic"));
    }

    [Fact]
    public void Events_lie_in_their_span_and_name_what_the_options_give()
    {
        var options = new SyntheticEventOptions
        {
            Until = new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.FromHours(2)),
            Span = TimeSpan.FromHours(2),
            Releases = ["a@1"],
            Environments = ["e"],
        };
        var bare = new SyntheticEventOptions { Releases = [], Environments = [] };

        Assert.All(SyntheticEvents.Make(options), made =>
        {
            Assert.InRange(Moment.Read(made["timestamp"])!.Value, Moment.Of(options.Until - options.Span), Moment.Of(options.Until));
            Assert.Equal(("a@1", "e", null), (made["release"]!.GetValue<string>(), made["environment"]!.GetValue<string>(), made["project"]));
        });
        Assert.All(SyntheticEvents.Make(bare), made => Assert.Null(made["release"] ?? made["environment"]));
    }

    [Fact]
    public void Options_that_contradict_themselves_are_all_told()
    {
        var options = new SyntheticEventOptions { Count = -1, Groups = 0, Span = TimeSpan.FromDays(-1), Locale = "klingon", Kinds = new Dictionary<SyntheticEventKind, double>() };

        var refused = Assert.Throws<ArgumentException>(() => SyntheticEvents.Make(options));

        Assert.All(new[] { "Count", "Groups", "Span", "Locale", "Kinds" }, name => Assert.Contains($"SyntheticEventOptions.{name}", refused.Message, StringComparison.Ordinal));
    }

    private static SyntheticEventOptions With(SyntheticEventOptions options, long count, long seed) =>
        new() { Count = count, Seed = seed, Projects = options.Projects, Kinds = options.Kinds };

    private static async Task<string> TextOfAsync(SyntheticEventOptions options, bool asLines)
    {
        using var stream = new MemoryStream();
        await SyntheticEvents.WriteAsync(stream, options, asLines, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
