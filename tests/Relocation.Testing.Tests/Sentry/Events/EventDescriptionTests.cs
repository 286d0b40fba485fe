using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Events;

public sealed class EventDescriptionTests
{
    private static readonly string Long = new('x', 2000);

    [Theory]
    [InlineData("""{}""", """{"title":"<unlabeled event>"}""", "<unlabeled event>", null)]
    [InlineData("""{"type": "default", "logentry": {"formatted": " a\nb "}}""", """{"title":"a"}""", "a", null)]
    [InlineData("""{"type": "transaction", "transaction": "/x"}""", """{"title":"/x","location":"/x"}""", "/x", "/x")]
    [InlineData("""{"type": "transaction", "transaction": "/x", "contexts": {"trace": {"description": "d"}}}""", """{"title":"d","location":"/x"}""", "d", "/x")]
    [InlineData("""{"type": "csp", "logentry": {"formatted": "m"}, "csp": {"blocked_uri": "https://a.b/c", "effective_directive": "img-src"}}""", """{"message":"m","uri":"a.b","directive":"img-src"}""", "m", "a.b")]
    [InlineData("""{"type": "csp", "csp": {"blocked_uri": "self", "violated_directive": "img-src none"}}""", """{"message":"","uri":"'self'","directive":"img-src"}""", "<untitled>", "'self'")]
    [InlineData("""{"type": "hpkp", "hpkp": {"hostname": "h"}}""", """{"message":"","origin":"h"}""", "<untitled>", "h")]
    [InlineData("""{"type": "expectct", "logentry": {"formatted": "m"}, "expectct": {"hostname": "h"}}""", """{"message":"m","origin":"h"}""", "m", "h")]
    [InlineData("""{"type": "expectstaple", "expectstaple": {"hostname": "h"}}""", """{"message":"","origin":"h"}""", "<untitled>", "h")]
    [InlineData("""{"type": "nel", "logentry": {"formatted": "m"}, "request": {"url": "http://a/"}}""", """{"title":"m","uri":"http://a/"}""", "m", null)]
    [InlineData("""{"type": "feedback", "contexts": {"feedback": {"contact_email": "e", "message": "m", "name": "n", "source": "s", "url": "u"}}}""", """{"contact_email":"e","message":"m","name":"n","source":"s"}""", "<untitled>", null)]
    [InlineData("""{"type": "generic"}""", "{}", "<untitled>", null)]
    [InlineData("""{"type": "generic", "title": "t"}""", """{"title":"t"}""", "t", null)]
    [InlineData("""{"type": "default", "title": "t", "metadata": {"title": "u", "more": 1}}""", """{"title":"u","more":1}""", "u", null)]
    [Parity("addendum", "E-27")]
    public void Each_type_has_its_metadata(string json, string metadata, string title, string? location)
    {
        var data = Parse(json);
        var description = EventDescription.Describe(data);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(metadata), description.Metadata), description.Metadata.ToJsonString());
        Assert.Equal((title, location), (description.Title, description.Location));
    }

    [Theory]
    [InlineData("""{"exception": {"values": [{"type": "A"}, {"type": "E", "value": "v\nw"}]}}""", """{"value":"v\nw","type":"E"}""", "E: v", null)]
    [InlineData("""{"exception": {"values": [{"value": "v"}]}}""", """{"value":"v","type":"Error"}""", "Error: v", null)]
    [InlineData("""{"exception": {"values": [{"type": "E"}]}}""", """{"value":"","type":"E"}""", "E", null)]
    [InlineData("""{"exception": {"values": [{"type": "E", "mechanism": {"synthetic": true}, "stacktrace": {"frames": [{"function": "f", "filename": "a.py"}]}}]}}""", """{"value":"","filename":"a.py","function":"f"}""", "f", "a.py")]
    [InlineData("""{"exception": {"values": [{"type": "E", "mechanism": {"synthetic": true}}]}}""", """{"value":""}""", "<unknown>", null)]
    [InlineData("""{"exception": {"values": [{"type": "A", "mechanism": {"exception_id": 2}}, {"type": "E"}]}, "main_exception_id": 2}""", """{"value":"","type":"A"}""", "A", null)]
    [Parity("addendum", "E-28")]
    public void Error_is_named_after_its_main_exception(string json, string metadata, string title, string? location)
    {
        var description = EventDescription.Describe(Parse(json.Insert(1, "\"type\": \"error\", ")));

        Assert.Equal(JsonNode.Parse(metadata)!.ToJsonString(), description.Metadata.ToJsonString());
        Assert.Equal((title, location), (description.Title, description.Location));
    }

    [Theory]
    [InlineData("""[{"function": "a", "in_app": true}, {"function": "b"}]""", "a")]
    [InlineData("""[{"function": "a"}, {"function": "b"}]""", "b")]
    [InlineData("""[{"function": "a", "in_app": true}, {"function": "b", "in_app": true}, {"function": "<unknown>", "in_app": true}, {"function": "<redacted>"}, {}]""", "b")]
    [Parity("addendum", "E-28")]
    public void Crash_frame_is_the_last_in_the_application_that_has_a_name(string frames, string function)
    {
        var inException = Parse($$$"""{"type": "error", "exception": {"values": [{"type": "E", "stacktrace": {"frames": {{{frames}}}}}]}}""");
        var inEvent = Parse($$$"""{"type": "error", "exception": {"values": [{"type": "E"}]}, "stacktrace": {"frames": {{{frames}}}}}""");
        var inThread = Parse($$$"""{"type": "error", "exception": {"values": [{"type": "E"}]}, "threads": {"values": [{"stacktrace": {"frames": {{{frames}}}}}]}}""");

        Assert.All(new[] { inException, inEvent, inThread }, data => Assert.Equal(function, EventDescription.Describe(data).Metadata["function"]!.GetValue<string>()));
    }

    [Fact]
    [Parity("addendum", "E-28")]
    public void Type_and_value_are_cut_and_the_path_stands_in_for_the_file()
    {
        var data = Parse($$$"""{"type": "error", "exception": {"values": [{"type": "{{{Long}}}", "value": "{{{Long}}}", "stacktrace": {"frames": [{"function": "f", "abs_path": "/a"}]}}]}}""");

        var description = EventDescription.Describe(data);

        Assert.Equal(1024, description.Metadata["value"]!.GetValue<string>().Length);
        Assert.Equal(128, description.Metadata["type"]!.GetValue<string>().Length);
        Assert.Equal(128 + 2 + 100, description.Title.Length);
        Assert.Equal("/a", description.Location);
    }

    [Theory]
    [InlineData("""{"culprit": "c", "transaction": "t"}""", "c")]
    [InlineData("""{"culprit": "", "transaction": "t"}""", "t")]
    [InlineData("""{"platform": "python", "stacktrace": {"frames": [{"module": "m", "function": "f", "in_app": true}, {"module": "n"}]}}""", "m in f")]
    [InlineData("""{"platform": "python", "stacktrace": {"frames": [{"module": "m"}, {"function": "f", "in_app": true}]}}""", "m in ?")]
    [InlineData("""{"platform": "node", "stacktrace": {"frames": [{"filename": "a.js", "function": "f"}]}}""", "f(a.js)")]
    [InlineData("""{"platform": "cocoa", "stacktrace": {"frames": [{"function": "f"}]}}""", "f")]
    [InlineData("""{"platform": "cocoa", "stacktrace": {"frames": [{"filename": "a.m"}]}}""", "?")]
    [InlineData("""{"platform": "cocoa", "stacktrace": {"frames": [{"platform": "javascript", "module": "m", "function": "f"}]}}""", "f(m)")]
    [InlineData("""{"exception": {"values": [{"mechanism": {"synthetic": true}, "stacktrace": {"frames": [{"module": "m"}]}}]}, "request": {"url": "u"}}""", "")]
    [InlineData("""{"exception": {"values": [{"type": "A", "stacktrace": {"frames": [{"module": "m", "function": "f"}]}}, {"type": "E"}]}}""", "m in f")]
    [InlineData("""{"request": {"url": "http://a/"}}""", "http://a/")]
    [InlineData("""{"contexts": {"nel": {"error_type": "dns"}}, "request": {"url": "http://a/"}}""", "dns")]
    [InlineData("{}", "")]
    [Parity("addendum", "E-29")]
    public void Culprit_is_given_or_found(string json, string culprit) => Assert.Equal(culprit, Culprit.Of(Parse(json)));

    [Fact]
    [Parity("addendum", "E-36")]
    public void Search_message_has_each_text_once_in_order_and_is_cut()
    {
        var data = Parse(
            """{"type": "error", "logentry": {"formatted": "says bad"}, "culprit": "m in f", "metadata": {"in_app_frame_mix": "x", "count": 1, "seen": true}, "exception": {"values": [{"type": "E", "value": "bad", "stacktrace": {"frames": [{"function": "f", "filename": "a.py"}]}}]}}""");
        var message = EventDescription.Describe(data).SearchMessage(data);
        var longer = Parse($$$"""{"type": "default", "logentry": {"formatted": "{{{new string('y', 9000)}}}"}}""");

        Assert.Equal("says bad E a.py f m in f", message);
        Assert.Equal(8192, EventDescription.Describe(longer).SearchMessage(longer).Length);
        Assert.Equal("v E", EventDescription.Describe(Parse("""{"type": "error", "exception": {"values": [{"type": "E", "value": "v"}]}}""")).SearchMessage([]));
    }

    [Fact]
    public void Description_is_written_into_the_payload_and_read_from_it_again()
    {
        var data = Parse("""{"type": "error", "exception": {"values": [{"type": "E", "value": "v"}]}}""");
        EventDescription.Describe(data).WriteTo(data);
        var once = data.ToJsonString();
        EventDescription.Describe(data).WriteTo(data);

        Assert.Equal(("error", "", "E: v"), (data["type"]!.GetValue<string>(), data["culprit"]!.GetValue<string>(), data["title"]!.GetValue<string>()));
        Assert.True(data.ContainsKey("location"));
        Assert.Contains("\"value\":\"v\"", once, StringComparison.Ordinal);
    }

    [Fact]
    public void Type_that_there_is_not_is_refused()
    {
        var refused = Assert.Throws<EventRefusedException>(() => EventDescription.Describe(Parse("""{"type": "party"}""")));

        Assert.Equal("/type", refused.Pointer);
        Assert.DoesNotContain("party", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "b", "b")]
    [InlineData("a", "<untitled>", "a")]
    [InlineData("a", null, "a")]
    [InlineData("<unknown>", "b", "b")]
    [InlineData("<unknown>", "Error", "Error")]
    [InlineData("<unlabeled event>", null, null)]
    [InlineData(null, "b", "b")]
    [InlineData(null, "<unlabeled event>", null)]
    [InlineData(null, null, null)]
    [Parity("addendum", "E-37")]
    [Parity("events 16", "8")]
    public void Real_title_wins_over_one_that_stands_for_none(string? existing, string? incoming, string? merged) =>
        Assert.Equal(merged, TitleRule.Merge(existing, incoming));

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
