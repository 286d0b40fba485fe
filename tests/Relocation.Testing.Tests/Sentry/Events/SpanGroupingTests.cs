using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Spans;
using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Events;

public sealed class SpanGroupingTests
{
    [Fact]
    [Parity("events 16", "11")]
    public void Spans_have_hashes_of_16_digits_and_equal_descriptions_equal_ones()
    {
        var data = Transaction("""{"span_id": "a", "op": "x", "description": "d"}, {"span_id": "b", "op": "y", "description": "d"}, {"span_id": "c", "description": "e"}""");

        Assert.True(SpanGrouping.Apply(data));

        Assert.Equal([Hash("d"), Hash("d"), Hash("e")], HashesOf(data));
        Assert.Equal(Hash("/t"), data["contexts"]!["trace"]!["hash"]!.GetValue<string>());
        Assert.Equal("""{"id":"default:2022-10-27"}""", data["span_grouping_config"]!.ToJsonString());
        Assert.All(HashesOf(data), hash => Assert.Equal(16, hash!.Length));
    }

    [Theory]
    [InlineData("db", "SELECT * FROM t WHERE id IN (%s, %s)", "SELECT * FROM t WHERE id IN (%s)")]
    [InlineData("db.sql.query", "select 1 where id in (?, ? ,$2, 5)", "select %s where id IN (%s)")]
    [InlineData("db.query", " SELECT 'it''s', -1.5e-3, x1, true, TRUE, \"q\" ", "SELECT %s, %s, x1, %s, TRUE, \"q\"")]
    [InlineData("db.sql.execute", "SAVEPOINT \"s1_x\"", "SAVEPOINT %s")]
    [InlineData("db.sql.transaction", "RELEASE SAVEPOINT `s1`", "RELEASE SAVEPOINT %s")]
    [InlineData("db.sql.active_record", "ROLLBACK TO SAVEPOINT s1", "ROLLBACK TO SAVEPOINT %s")]
    [InlineData("db", " SELECT a FROM t ", " SELECT a FROM t ")]
    [InlineData("db", "WHERE id IN (a, 1)", "WHERE id IN (a, %s)")]
    [InlineData("db", "SELECT 'open", "SELECT 'open")]
    [InlineData("db.other", "SELECT 1", "SELECT 1")]
    [InlineData("http.client", "get HTTP://user@Host:80/p/q;x?a=1#b", "GEThttpuser@Host:80/p/q")]
    [InlineData("http.client", "GET /p?a", "GET/p")]
    [InlineData("http.client", "FETCH http://h/", "FETCH http://h/")]
    [InlineData("http.client", "GET http://h/ now", "GET http://h/ now")]
    [InlineData("redis", "GET key", "GET")]
    [InlineData("db.redis", "", "")]
    [InlineData("db.redis", "FLUSH", "FLUSH")]
    [InlineData("other", "as it is 1", "as it is 1")]
    [Parity("addendum", "E-47")]
    public void Default_of_a_span_follows_from_its_operation(string op, string description, string hashed)
    {
        var data = Transaction(new JsonObject { ["span_id"] = "a", ["op"] = op, ["description"] = description }.ToJsonString());

        SpanGrouping.Apply(data);

        Assert.Equal([Hash(hashed)], HashesOf(data));
    }

    [Fact]
    [Parity("addendum", "E-47")]
    public void Fingerprint_of_a_span_is_hashed_in_order_with_the_default_in_its_place()
    {
        var data = Transaction(
            """{"span_id": "a", "op": "http.client", "description": "GET http://h/p?q", "fingerprint": ["x", "{{ default }}", "y {{ default }}"]}, {"span_id": "b", "fingerprint": []}""");

        SpanGrouping.Apply(data);

        Assert.Equal([Hash("xGEThttph/py {{ default }}"), Hash("")], HashesOf(data));
    }

    [Theory]
    [InlineData("""{"span_id": "a"}, {"description": "d"}""", "\"/t\"", """{"span_id": "r"}""")]
    [InlineData("""{"span_id": "a"}, null""", "\"/t\"", """{"span_id": "r"}""")]
    [InlineData("""{"span_id": "a"}""", "null", """{"span_id": "r"}""")]
    [InlineData("""{"span_id": "a"}""", "\"/t\"", "null")]
    [Parity("addendum", "E-48")]
    public void One_bad_span_leaves_all_without_hash(string spans, string name, string trace)
    {
        var data = Transaction(spans, name, trace);
        data["span_grouping_config"] = new JsonObject { ["id"] = "old" };

        Assert.False(SpanGrouping.Apply(data));

        Assert.All(HashesOf(data), Assert.Null);
        Assert.False(data.ContainsKey("span_grouping_config"));
    }

    [Fact]
    [Parity("addendum", "E-48")]
    public void Hashes_of_the_same_configuration_are_kept_where_all_have_one()
    {
        var data = Transaction("""{"span_id": "a", "description": "d", "hash": "h1"}""", trace: """{"span_id": "r", "hash": "h0"}""");
        data["span_grouping_config"] = new JsonObject { ["id"] = SpanGrouping.Configuration };
        var partly = Transaction("""{"span_id": "a", "description": "d", "hash": "h1"}, {"span_id": "b"}""", trace: """{"span_id": "r", "hash": "h0"}""");
        partly["span_grouping_config"] = new JsonObject { ["id"] = SpanGrouping.Configuration };
        var other = Transaction("""{"span_id": "a", "description": "d", "hash": "h1"}""", trace: """{"span_id": "r", "hash": "h0"}""");
        other["span_grouping_config"] = new JsonObject { ["id"] = "default:2021-08-25" };

        Assert.All(new[] { data, partly, other }, each => Assert.True(SpanGrouping.Apply(each)));

        Assert.Equal(["h1"], HashesOf(data));
        Assert.Equal([Hash("d"), Hash("")], HashesOf(partly));
        Assert.Equal([Hash("d")], HashesOf(other));
    }

    private static JsonObject Transaction(string spans, string name = "\"/t\"", string trace = """{"span_id": "r"}""") => (JsonObject)JsonNode.Parse(
        $$"""{"type": "transaction", "transaction": {{name}}, "contexts": {"trace": {{trace}}}, "spans": [{{spans}}]}""")!;

    private static IEnumerable<string?> HashesOf(JsonObject data) => data["spans"]!.AsArray().Select(span => span?["hash"]?.GetValue<string>());

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Sentry's hashes are MD5.")]
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
