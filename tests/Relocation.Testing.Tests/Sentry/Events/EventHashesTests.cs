using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Grouping;
using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Events;

public sealed class EventHashesTests
{
    private const string OfNothing = "d41d8cd98f00b204e9800998ecf8427e";
    private const string Frames = """[{"module": "m", "function": "f", "in_app": true}, {"module": "n", "function": "g"}]""";

    [Fact]
    [Parity("addendum", "E-34")]
    [Parity("events 16", "13")]
    public void Checksum_that_looks_like_a_hash_is_one_and_others_are_hashed()
    {
        var hash = new string('a', 32);

        Assert.Equal([hash], Hashes($$"""{"checksum": "{{hash}}", "fingerprint": ["x"]}"""));
        Assert.Equal([Md5("invalid checksum hash"), "invalid checksum hash"], Hashes("""{"checksum": "invalid checksum hash"}"""));
        Assert.Equal([Md5(hash.ToUpperInvariant()), hash.ToUpperInvariant()], Hashes($$"""{"checksum": "{{hash.ToUpperInvariant()}}"}"""));
        Assert.Equal([Md5(hash + "a")], Hashes($$"""{"checksum": "{{hash}}a"}"""));
    }

    [Fact]
    [Parity("addendum", "E-35")]
    public void Message_is_its_md5_and_nothing_is_that_of_nothing()
    {
        Assert.Equal(["acbd18db4cc2f85cedef654fccc4a4d8"], Hashes("""{"logentry": {"formatted": "foo"}}"""));
        Assert.Equal([Md5("a %s")], Hashes("""{"logentry": {"formatted": "a b", "message": "a %s"}}"""));
        Assert.Equal([OfNothing], Hashes("{}"));
        Assert.Equal([OfNothing], Hashes("""{"fingerprint": []}"""));
    }

    [Fact]
    [Parity("addendum", "E-35")]
    public void Exceptions_are_hashed_by_frames_in_the_application_first_and_by_all_last_without_doubles()
    {
        var exception = $$$"""{"exception": {"values": [{"type": "E", "value": "v", "stacktrace": {"frames": {{{Frames}}}}}]}}""";

        Assert.Equal([Md5("Emf"), Md5("Emfng")], Hashes(exception));
        Assert.Equal([Md5("Emf")], Hashes(exception.Replace(""", {"module": "n", "function": "g"}""", string.Empty, StringComparison.Ordinal)));
        Assert.Equal([Md5("Emfng")], Hashes(exception.Replace(""", "in_app": true""", string.Empty, StringComparison.Ordinal)));
        Assert.Equal([Md5("EF")], Hashes("""{"exception": {"values": [{"type": "E", "value": "v"}, null, {"type": "F"}]}}"""));
        Assert.Equal([Md5("mf"), Md5("mfng")], Hashes($$$"""{"stacktrace": {"frames": {{{Frames}}}}, "logentry": {"formatted": "m"}}"""));
    }

    [Fact]
    [Parity("addendum", "E-32")]
    public void Values_of_a_fingerprint_are_joined_without_separator_and_the_default_by_its_values()
    {
        Assert.Equal([Md5("ab")], Hashes("""{"fingerprint": ["a", "b"]}"""));
        Assert.Equal(Hashes("""{"fingerprint": ["ab"]}"""), Hashes("""{"fingerprint": ["a", "b"]}"""));
        Assert.Equal([Md5("foo")], Hashes("""{"fingerprint": ["{{default}}"], "logentry": {"formatted": "foo"}}"""));
        Assert.Equal([Md5("foox")], Hashes("""{"fingerprint": ["{{  default }}", "x"], "logentry": {"formatted": "foo"}}"""));
        Assert.Equal([Md5("foofoo")], Hashes("""{"fingerprint": ["{{ default }}", "{{ default }}"], "logentry": {"formatted": "foo"}}"""));
        Assert.Equal(
            [Md5("xEmf"), Md5("xEmfng")],
            Hashes($$$"""{"fingerprint": ["x", "{{default}}"], "exception": {"values": [{"type": "E", "stacktrace": {"frames": {{{Frames}}}}}]}}"""));
        Assert.Equal([OfNothing], Hashes("""{"fingerprint": ["{{ default }}", "x"]}"""));
    }

    [Theory]
    [InlineData("transaction", "t", "<no-transaction>")]
    [InlineData("message", "msg", "<no-message>")]
    [InlineData("type", "E", "<no-type>")]
    [InlineData("error.type", "E", "<no-type>")]
    [InlineData("value", "v", "<no-value>")]
    [InlineData("error.value", "v", "<no-value>")]
    [InlineData("function", "f", "<no-function>")]
    [InlineData("stack.function", "f", "<no-function>")]
    [InlineData("path", "/p/a.py", "<no-abs-path>")]
    [InlineData("stack.abs_path", "/p/a.py", "<no-abs-path>")]
    [InlineData("stack.filename", "a.py", "<no-filename>")]
    [InlineData("module", "m", "<no-module>")]
    [InlineData("stack.module", "m", "<no-module>")]
    [InlineData("package", "lib.so", "<no-package>")]
    [InlineData("stack.package", "lib.so", "<no-package>")]
    [InlineData("level", "info", "<no-level>")]
    [InlineData("logger", "log", "<no-logger>")]
    [InlineData("tags.k", "tv", "<no-value-for-tag-k>")]
    [InlineData("unheard", "{{ unheard }}", "{{ unheard }}")]
    [Parity("addendum", "E-32")]
    public void Variable_is_its_value_or_says_that_there_is_none(string variable, string value, string missing)
    {
        var whole = Parse(
            """{"transaction": "t", "logentry": {"formatted": "msg"}, "level": "info", "logger": "log", "tags": [["k", "tv"]], "exception": {"values": [{"type": "E", "value": "v", "stacktrace": {"frames": [{"function": "f", "abs_path": "/p/a.py", "module": "m", "package": "/usr/lib.so"}]}}]}}""");

        Assert.Equal(value, FingerprintVariable.Resolve($"{{{{ {variable} }}}}", whole));
        Assert.Equal(missing, FingerprintVariable.Resolve($"{{{{ {variable} }}}}", []));
        Assert.Equal($"x{{{{ {variable} }}}}", FingerprintVariable.Resolve($"x{{{{ {variable} }}}}", whole));
    }

    [Fact]
    [Parity("addendum", "E-31")]
    public void Only_fingerprint_hashes_and_configuration_are_written()
    {
        var data = Parse("""{"logentry": {"formatted": "foo"}}""");

        var hashes = EventHashes.Apply(data, EventGrouping.Default, "config:1");

        Assert.Equal(
            """{"logentry":{"formatted":"foo"},"grouping_config":{"id":"config:1"},"fingerprint":["{{ default }}"],"hashes":["acbd18db4cc2f85cedef654fccc4a4d8"]}""",
            data.ToJsonString());
        Assert.Equal(["acbd18db4cc2f85cedef654fccc4a4d8"], hashes);
    }

    [Fact]
    public void Hashes_of_another_grouping_are_looked_at()
    {
        Assert.Equal(["a", "b"], EventHashes.Apply([], new FixedGrouping("a", "b", "a"), "c"));
        Assert.Contains("no hash", Assert.Throws<InvalidOperationException>(() => EventHashes.Apply([], new FixedGrouping(), "c")).Message, StringComparison.Ordinal);
        Assert.Contains("no hash", Assert.Throws<InvalidOperationException>(() => EventHashes.Apply([], new FixedGrouping(""), "c")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "33 characters", Assert.Throws<InvalidOperationException>(() => EventHashes.Apply([], new FixedGrouping(new string('a', 33)), "c")).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Hashes(string json) => EventGrouping.Default.HashesOf(Parse(json));

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Sentry's hashes are MD5.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class FixedGrouping(params string[] hashes) : IEventGrouping
    {
        public IReadOnlyList<string> HashesOf(JsonObject data) => hashes;
    }
}
