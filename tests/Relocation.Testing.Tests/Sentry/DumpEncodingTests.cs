using Relocation.Testing.Sentry.Catalogue;
using Xunit;

namespace Relocation.Testing.Tests.Sentry;

public sealed class DumpEncodingTests
{
    [Theory]
    [InlineData("decimal-string", "bigint", "10", "\"10\"")]
    [InlineData("python-list-repr-string", "text[]", "[]", "\"['a', 'b']\"")]
    [InlineData("python-list-repr-string", "text[]", "\"[\\\"a\\\"]\"", "\"[[1.0, 2.0], [3.0, 4.0]]\"")]
    [InlineData("json-list-string", "text[]", "\"['a']\"", "\"[\\\"a\\\"]\"")]
    [InlineData("scalar-or-json-string", "text", "\"Europe/Vienna\"", "\"\\\"Europe/Vienna\\\"\"")]
    [InlineData("scalar-or-json-string", "text", "[1]", "13")]
    [InlineData("json-native", "text", "\"{}\"", "{}")]
    [InlineData("json-string", "text", "{}", "\"{}\"")]
    [InlineData("datetime-ms-z", "timestamp with time zone", "\"2024-07-01T00:00:00Z\"", "\"2024-07-01T00:00:00.000Z\"")]
    [InlineData("uuid-string", "uuid", "\"c4a1e2d35b6f470891a2b3c4d5e6f708\"", "\"c4a1e2d3-5b6f-4708-91a2-b3c4d5e6f708\"")]
    [InlineData("number", "integer", "4554321098765313", "1")]
    [InlineData("number", "bigint", "\"1\"", "4554321098765313")]
    [InlineData("string", "varchar(3)", "\"four\"", "\"3ää\"")]
    [InlineData("boolean", "boolean", "0", "false")]
    [InlineData("string", "text", "null", "\"\"")]
    public void Encoding_holds_for_the_exporters_form_only(string dump, string type, string wrong, string right)
    {
        var field = new CatalogueField { Type = type, Dump = dump };

        Assert.False(DumpEncoding.Holds(field, System.Text.Json.JsonElement.Parse(wrong)));
        Assert.True(DumpEncoding.Holds(field, System.Text.Json.JsonElement.Parse(right)));
    }
}
