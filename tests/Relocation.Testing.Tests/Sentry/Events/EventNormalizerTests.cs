using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;
using Relocation.Testing.Specification.Sentry.Events;
using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Events;

public sealed class EventNormalizerTests
{
    public static TheoryData<string> Cases => [.. NormalizingCases.All.Select(row => row.ToString())];

    [Theory]
    [MemberData(nameof(Cases))]
    [Parity("events 16", "17")]
    [Parity("addendum", "E-4")]
    [Parity("addendum", "E-6")]
    [Parity("addendum", "E-7")]
    [Parity("addendum", "E-8")]
    [Parity("addendum", "E-9")]
    [Parity("addendum", "E-10")]
    [Parity("addendum", "E-11")]
    [Parity("addendum", "E-12")]
    [Parity("addendum", "E-13")]
    [Parity("addendum", "E-14")]
    [Parity("addendum", "E-15")]
    [Parity("addendum", "E-16")]
    [Parity("addendum", "E-18")]
    [Parity("addendum", "E-19")]
    [Parity("addendum", "E-20")]
    [Parity("addendum", "E-21")]
    public void Row_of_the_table_of_repairs(string name)
    {
        var row = NormalizingCases.Named(name);
        var data = row.Event();

        if (row.Refused is { } pointer)
        {
            var refused = Assert.Throws<EventRefusedException>(() => EventNormalizer.Normalize(data, Receipt()));
            Assert.Equal(pointer, refused.Pointer);
            Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
            return;
        }

        EventNormalizer.Normalize(data, Receipt());

        Assert.Empty(row.Differences(data));
    }

    /// <summary>A payload that was written, read and saved again is what it was.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Normalised_event_stays_as_it_is(string name)
    {
        var row = NormalizingCases.Named(name);
        if (row.Refused is not null)
        {
            return;
        }

        var data = row.Event();
        EventNormalizer.Normalize(data, Receipt());
        var once = data.ToJsonString();
        var again = (JsonObject)JsonNode.Parse(once)!;
        EventNormalizer.Normalize(again, Receipt());

        Assert.Equal(once, again.ToJsonString());
    }

    /// <summary>Code may put other values into an event than a parser does.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Event_that_code_has_made_is_mended_as_one_that_was_parsed(string name)
    {
        var row = NormalizingCases.Named(name);
        if (row.Refused is not null)
        {
            return;
        }

        var data = (JsonObject)Made(row.Event())!;
        EventNormalizer.Normalize(data, Receipt());

        Assert.Empty(row.Differences(data));
    }

    [Fact]
    public void Every_item_has_a_row()
    {
        var items = NormalizingCases.All.Select(row => row.Item).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(Enumerable.Range(4, 18).Select(item => $"E-{item}").ToHashSet(StringComparer.Ordinal), items);
        Assert.Equal(NormalizingCases.All.Count, NormalizingCases.All.Select(row => row.ToString()).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    [Parity("addendum", "E-17")]
    public void Address_of_the_sender_is_the_users_on_three_platforms_and_where_it_is_asked_for()
    {
        string? Address(string json)
        {
            var data = (JsonObject)JsonNode.Parse(json)!;
            EventNormalizer.Normalize(data, Receipt() with { ClientAddress = "203.0.113.9" });
            return data["user"]?["ip_address"]?.GetValue<string>();
        }

        Assert.Equal("203.0.113.9", Address("""{"platform": "javascript"}"""));
        Assert.Equal("203.0.113.9", Address("""{"platform": "cocoa", "user": {"id": "1"}}"""));
        Assert.Equal("203.0.113.9", Address("""{"platform": "objc"}"""));
        Assert.Null(Address("""{"platform": "python"}"""));
        Assert.Equal("203.0.113.9", Address("""{"platform": "python", "user": {"ip_address": "{{auto}}"}}"""));
        Assert.Equal("203.0.113.9", Address("""{"platform": "python", "request": {"env": {"REMOTE_ADDR": "{{auto}}"}}}"""));
        Assert.Equal("10.0.0.1", Address("""{"platform": "javascript", "request": {"env": {"REMOTE_ADDR": "10.0.0.1"}}}"""));
        Assert.Equal("10.0.0.2", Address("""{"platform": "javascript", "user": {"ip_address": "10.0.0.2"}}"""));
    }

    [Fact]
    [Parity("addendum", "E-5")]
    public void Errors_come_in_the_order_of_the_steps_and_keep_what_was_sent()
    {
        var data = (JsonObject)JsonNode.Parse(
            """{"colour": "red", "level": "loud", "event_id": "x", "release": {}, "timestamp": "soon", "fingerprint": 3, "tags": [["", "v"]], "user": 5}""")!;
        EventNormalizer.Normalize(data, Receipt());

        Assert.Equal(
            [
                """invalid_data timestamp "soon" """, """invalid_data user 5 """, """invalid_data release {} """, """invalid_data tags.0.0 "" """,
                """invalid_data level "loud" """, """invalid_data fingerprint 3 """, """invalid_data event_id "x" """, """invalid_attribute colour "red" """,
            ],
            data["errors"]!.AsArray().Select(error => $"{error!["type"]} {error["name"]} {error["value"]!.ToJsonString()} "));
        Assert.True(data.ContainsKey("colour"));
        Assert.Null(data["colour"]);
    }

    [Fact]
    public void Project_and_key_are_those_of_the_receipt()
    {
        var data = (JsonObject)JsonNode.Parse("""{"project": 1}""")!;
        EventNormalizer.Normalize(data, Receipt() with { ProjectId = 7, KeyId = 8 });

        Assert.Equal((7, 8), (data["project"]!.GetValue<long>(), data["key_id"]!.GetValue<long>()));
    }

    [Fact]
    [Parity("addendum", "E-22")]
    public void What_is_left_out_has_a_name_and_a_reason()
    {
        Assert.Equal(LeftOutSteps.All.Select(step => step.Name).Order(StringComparer.Ordinal), LeftOutSteps.All.Select(step => step.Name));
        Assert.All(LeftOutSteps.All, step => Assert.Matches("^[A-Z].+\\.$", step.Reason));
        Assert.Empty(
            new[] { "geo-lookup", "browser-and-device-contexts", "measurements", "breakdowns", "performance-scores", "span-tags", "device-class", "debug-images", "data-bag-trimming" }
                .Except(LeftOutSteps.All.Select(step => step.Name)));
    }

    private static EventReceipt Receipt() => new() { Received = NormalizingCase.Received, FreshId = () => "0123456789abcdef0123456789abcdef" };

    private static JsonNode? Made(JsonNode? node) => node switch
    {
        JsonObject owner => new JsonObject(owner.Select(member => KeyValuePair.Create(member.Key, Made(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Made)]),
        JsonValue value when value.TryGetValue<int>(out var small) => JsonValue.Create(small),
        JsonValue value when value.TryGetValue<long>(out var whole) => JsonValue.Create(whole),
        JsonValue value when value.TryGetValue<double>(out var number) => JsonValue.Create(number),
        JsonValue value when value.TryGetValue<bool>(out var truth) => JsonValue.Create(truth),
        JsonValue value => JsonValue.Create(value.GetValue<string>()),
        _ => null,
    };
}
