using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Tagging;
using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Events;

public sealed class EventTagsTests
{
    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abc...")]
    [InlineData("😀😀😀😀", 4, "😀😀😀😀")]
    [InlineData("😀😀😀😀😀", 4, "😀...")]
    [InlineData("", 3, "")]
    [Parity("addendum", "E-1")]
    public void Text_is_cut_with_dots_inside_the_limit_and_counted_in_characters(string text, int limit, string cut) =>
        Assert.Equal(cut, TrimmedText.Cut(text, limit));

    [Fact]
    [Parity("addendum", "E-1")]
    public void Tag_is_set_behind_the_others_in_place_of_all_with_its_key()
    {
        var tags = (JsonArray)JsonNode.Parse("""[["a", "1"], null, ["b", "2"], ["a", "3"]]""")!;

        EventTags.Set(tags, "a", new string('x', 201));
        EventTags.Set(tags, "b", null);

        Assert.Equal($"""[null,["a","{new string('x', 197)}..."]]""", tags.ToJsonString());
    }

    [Fact]
    [Parity("addendum", "E-3")]
    public void Top_level_attributes_become_tags_and_reserved_ones_that_were_not_normalised_stay()
    {
        var data = Parse("""{"level": "info", "logger": "", "environment": "live", "transaction": "/", "tags": [["release", "1"], ["dist", "2"], ["user", "3"], ["level", "x"]]}""");

        EventTags.SetTopLevel(data);

        Assert.Equal(
            """[["release","1"],["dist","2"],["user","3"],["level","info"],["environment","live"],["transaction","/"]]""",
            data["tags"]!.ToJsonString());
        Assert.Null(EventTags.SetUser(data));
        Assert.True(EventTags.Has(EventTags.Of(data), "user"));
    }

    [Fact]
    public void Missing_level_removes_its_tag_and_missing_tags_are_made()
    {
        var data = Parse("""{"level": null, "tags": [["level", "x"]]}""");
        EventTags.SetTopLevel(data);
        var none = new JsonObject { ["logger"] = "l" };
        EventTags.SetTopLevel(none);

        Assert.Equal("[]", data["tags"]!.ToJsonString());
        Assert.Equal("""[["logger","l"]]""", none["tags"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"id": "7", "username": "u", "email": "e", "ip_address": "10.0.0.1"}""", "id:7")]
    [InlineData("""{"id": "", "username": "u", "email": "e"}""", "username:u")]
    [InlineData("""{"email": "e", "ip_address": "10.0.0.1"}""", "email:e")]
    [InlineData("""{"ip_address": "10.0.0.1"}""", "ip:10.0.0.1")]
    [InlineData("""{"ip_address": "::1"}""", "ip:::1")]
    [InlineData("""{"ip_address": "10.1"}""", null)]
    [InlineData("""{"name": "n"}""", null)]
    [Parity("addendum", "E-2")]
    public void User_is_a_tag_by_what_is_known_first(string user, string? tag)
    {
        var data = Parse($$"""{"user": {{user}}, "tags": [["user", "x"], ["sentry:user", "old"]]}""");

        var found = EventTags.SetUser(data);

        Assert.Equal(tag, found!.Tag);
        Assert.Equal(tag, EventTags.Find(EventTags.Of(data), "sentry:user"));
        Assert.False(EventTags.Has(EventTags.Of(data), "user"));
    }

    [Fact]
    [Parity("addendum", "E-2")]
    public void Hash_of_a_user_is_of_the_bare_value_and_the_tag_is_cut()
    {
        var user = EventUser.Of(Parse("""{"user": {"id": "foo"}}"""));
        var data = Parse($$$"""{"user": {"id": "{{{new string('i', 250)}}}"}}""");
        EventTags.SetUser(data);

        Assert.Equal("acbd18db4cc2f85cedef654fccc4a4d8", user!.Hash);
        Assert.Equal(200, EventTags.Find(EventTags.Of(data), "sentry:user")!.Length);
        Assert.Null(EventUser.Of(Parse("""{"user": {}}""")));
        Assert.Null(EventUser.Of(Parse("""{"user": null}""")));
        Assert.Null(new EventUser(null, null, null, null, "n").Hash);
    }

    [Fact]
    public void Url_of_the_request_is_a_tag_unless_there_is_one()
    {
        var data = Parse("""{"request": {"url": "http://a/"}}""");
        EventTags.SetUrl(data);
        var given = Parse("""{"request": {"url": "http://a/"}, "tags": [["url", "b"]]}""");
        EventTags.SetUrl(given);

        Assert.Equal("http://a/", EventTags.Find(EventTags.Of(data), "url"));
        Assert.Equal("b", EventTags.Find(EventTags.Of(given), "url"));
    }

    [Fact]
    [Parity("addendum", "E-30")]
    public void Contexts_and_mechanisms_become_tags_over_those_that_are_there()
    {
        var data = Parse(
            """
            {
              "tags": [["os", "old"], ["handled", "old"]],
              "exception": {"values": [{"mechanism": {"type": "first"}}, {"mechanism": {"type": "onerror", "handled": false}}]},
              "contexts": {
                "os": {"name": "Linux", "version": "6.1", "rooted": true},
                "client_os": {"type": "os", "name": "Windows"},
                "browser": {"name": "Firefox", "version": "120"},
                "runtime": {"name": "", "version": ""},
                "device": {"model": "Pixel", "family": "Phone"},
                "gpu": {"name": "g", "vendor_name": "v"},
                "app": {"device_app_hash": "h"},
                "monitor": {"id": "1", "slug": "s"},
                "trace": {"trace_id": "t"}
              }
            }
            """);

        EventTags.SetInterfaceTags(data);

        Assert.Equal(
            [
                "mechanism=onerror", "handled=no", "os=Linux 6.1", "os.name=Linux", "os.rooted=yes", "client_os.name=Windows", "browser=Firefox 120",
                "browser.name=Firefox", "device=Pixel", "device.family=Phone", "gpu.name=g", "gpu.vendor=v", "app.device=h", "monitor.id=1", "monitor.slug=s",
            ],
            data["tags"]!.AsArray().Select(tag => $"{tag![0]}={tag[1]}"));
    }

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
