using System.Text;
using System.Text.Json;
using CsCheck;
using Relocation.Testing.Backups;
using Relocation.Testing.Texts;
using Xunit;

namespace Relocation.Testing.Tests.Backups;

public sealed class FieldReaderTests
{
    private static readonly Gen<string> Scalar = Gen.OneOf<string>(
        Gen.OneOf("true", "false", "null", "0", "-1.5e3", "\"\"", "\"a\\\"b\"", "\"\\\\\"", "\"\\u00e9\\ud83d\\ude00\\n\\/\"", "\"{[,:]}\"", "\"é\""),
        Gen.String[Gen.Char.AlphaNumeric, 0, 50].Select(text => $"\"{text}\""));

    private static readonly Gen<string> Space = Gen.OneOf("", " ", "\n\t\r ");

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, value) => depth > 3
        ? Scalar
        : Gen.OneOf<string>(
            Scalar,
            Gen.Select(value, Space, (item, space) => space + item + space).Array[0, 3].Select(items => $"[{string.Join(',', items)}]"),
            Members(value)));

    private static readonly Gen<string> AnyObject = Members(Value);

    [Fact]
    public void Reader_gives_every_member_as_the_oracle_reads_it() => AnyObject.Sample(json =>
    {
        using var document = JsonDocument.Parse(json);
        var utf8 = Encoding.UTF8.GetBytes(json);
        var expected = document.RootElement.EnumerateObject().ToList();
        var reader = new FieldReader(utf8);
        foreach (var member in expected)
        {
            Assert.True(reader.Read());
            var raw = member.Value.GetRawText();
            Assert.Equal(member.Name, JsonText.ToText(reader.Name));
            Assert.Equal(reader.Name.Contains((byte)'\\'), reader.NameIsEscaped);
            Assert.Equal(member.Value.ValueKind.ToString(), reader.Kind.ToString());
            Assert.Equal(reader.Kind == JsonToken.String ? raw[1..^1] : raw, Reading.Text(reader.Value));
            Assert.Equal(reader.Kind == JsonToken.String && raw.Contains('\\', StringComparison.Ordinal), reader.ValueIsEscaped);
            Assert.StartsWith(raw, Reading.Text(utf8.AsSpan(reader.ValueStart)), StringComparison.Ordinal);
            if (reader.Kind == JsonToken.String)
            {
                Assert.Equal(member.Value.GetString(), JsonText.ToText(reader.Value));
            }
        }

        Assert.False(reader.Read());
    });

    [Fact]
    public void Minify_keeps_all_but_white_space_between_tokens() => AnyObject.Sample(json =>
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        var small = new byte[utf8.Length];
        var length = JsonText.Minify(utf8, small);
        using var before = JsonDocument.Parse(json);
        using var after = JsonDocument.Parse(small.AsMemory(0, length));
        var twice = new byte[length];

        Assert.True(JsonElement.DeepEquals(before.RootElement, after.RootElement));
        Assert.Equal(length, JsonText.Minify(small.AsSpan(0, length), twice));
        Assert.DoesNotContain('\n', Reading.Text(small.AsSpan(0, length)));
    });

    [Theory]
    [InlineData("1")]
    [InlineData("\"a\\u0041\"")]
    [InlineData("[1,\"a\"]")]
    public void Key_is_read_by_what_it_is(string token)
    {
        var key = JsonKey.Read(Encoding.UTF8.GetBytes(token));

        Assert.Equal(token switch
        {
            "1" => RecordKey.From(1),
            "[1,\"a\"]" => RecordKey.From([RecordKey.From(1), RecordKey.From("a")]),
            _ => RecordKey.From("aA"),
        }, key);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("9223372036854775808")]
    public void Key_is_refused_when_it_is_none(string token) =>
        Assert.Throws<FormatException>(() => JsonKey.Read(Encoding.UTF8.GetBytes(token)));

    private static Gen<string> Members(Gen<string> value) => Gen.Select(Scalar, value, Space, (name, item, space) =>
            $"{space}{(name.StartsWith('"') ? name : $"\"{name}\"")}{space}:{space}{item}{space}")
        .Array[0, 4].Select(members => $"{{{string.Join(',', members)}}}");
}
