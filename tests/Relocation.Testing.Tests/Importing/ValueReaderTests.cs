using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Relocation.Testing.Engines;
using Relocation.Testing.Texts;
using Relocation.Testing.Values;
using Xunit;

namespace Relocation.Testing.Tests.Importing;

public sealed class ValueReaderTests
{
    [Fact]
    public void Bit_flags_are_read_from_text_and_from_numbers()
    {
        Gen.Long.Sample(flags =>
        {
            var field = Field(FieldType.Integer, FieldEncoding.DecimalText);
            var text = flags.ToString(CultureInfo.InvariantCulture);

            Assert.Equal(text, Read(field, $"\"{text}\""));
            Assert.Equal(text, Read(field, text));
            Assert.Equal(text, Read(Field(FieldType.Integer), text));
            Assert.StartsWith("Field 'f' holds a string", Read(Field(FieldType.Integer), $"\"{text}\""), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("true")]
    [InlineData("\"\"")]
    [InlineData("\"1 \"")]
    [InlineData("\"0x1\"")]
    [InlineData("[1]")]
    public void Bit_flags_are_refused_when_they_are_no_whole_number(string json) =>
        Assert.StartsWith("Field 'f' holds ", Read(Field(FieldType.Integer, FieldEncoding.DecimalText), json), StringComparison.Ordinal);

    [Fact]
    public void Decimal_keeps_its_value_from_numbers_and_text()
    {
        Gen.Decimal.Sample(number =>
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            foreach (var json in new[] { text, $"\"{text}\"" })
            {
                Assert.Equal(number, decimal.Parse(Read(Field(FieldType.Decimal), json), CultureInfo.InvariantCulture));
            }
        });
    }

    [Theory]
    [InlineData("1e3", "1000")]
    [InlineData("\"12.50\"", "12.50")]
    [InlineData("0", "0")]
    [InlineData("-0.0001", "-0.0001")]
    public void Decimal_keeps_its_scale(string json, string expected) => Assert.Equal(expected, Read(Field(FieldType.Decimal), json));

    [Theory]
    [InlineData("\"1,5\"")]
    [InlineData("\"1_000\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"\"")]
    public void Decimal_is_refused_when_it_is_none(string json) =>
        Assert.StartsWith("Field 'f' holds ", Read(Field(FieldType.Decimal), json), StringComparison.Ordinal);

    [Fact]
    public void Decimal_is_refused_when_it_has_more_digits_than_the_type() =>
        Assert.StartsWith("Field 'f' has more digits than a decimal of .NET k", Read(Field(FieldType.Decimal), "1e400"), StringComparison.Ordinal);

    [Fact]
    public void Duration_is_read_as_the_framework_and_as_ISO_8601_write_it()
    {
        Gen.Long[-TimeSpan.TicksPerDay * 10_000, TimeSpan.TicksPerDay * 10_000].Select(ticks => TimeSpan.FromTicks(ticks)).Sample(span =>
        {
            var expected = span.Ticks.ToString(CultureInfo.InvariantCulture);

            Assert.Equal(expected, Read(Field(FieldType.Duration), $"\"{span:c}\""));
            Assert.Equal(expected, Read(Field(FieldType.Duration), $"\"{System.Xml.XmlConvert.ToString(span)}\""));
        });
    }

    [Theory]
    [InlineData("\"24 hours\"")]
    [InlineData("\"1:60\"")]
    [InlineData("\"P99999999999D\"")]
    [InlineData("12")]
    public void Duration_is_refused_when_it_is_none(string json) =>
        Assert.StartsWith("Field 'f' holds ", Read(Field(FieldType.Duration), json), StringComparison.Ordinal);

    [Fact]
    public void Text_is_what_the_framework_reads_however_it_is_escaped()
    {
        Gen.String[Gen.Char[" aé€\"\\/\n\t\u0001\uFFFD"], 0, 20].Sample(text =>
        {
            var strict = JsonSerializer.Serialize(text);
            var relaxed = JsonSerializer.Serialize(text, Relaxed);

            Assert.Equal(text, Read(Field(FieldType.Text), strict));
            Assert.Equal(text, Read(Field(FieldType.Text), relaxed));
        });
    }

    [Fact]
    public void Length_of_text_is_counted_in_characters_and_not_in_bytes()
    {
        Assert.Equal("😀é", Read(Field(FieldType.Text, maxLength: 2), "\"😀é\""));
        Assert.Equal("Field 'f' is 3 characters long; column 'f' takes 2. Shorten the value, or widen the column.", Read(Field(FieldType.Text, maxLength: 2), "\"😀éa\""));
    }

    [Theory]
    [InlineData(FieldEncoding.Native, "[\"😀é\", null, 123, []]", null)]
    [InlineData(FieldEncoding.Native, "[[\"\\u00e9\\u00e9\"], [\"a\", \"abcd\"]]", 4)]
    [InlineData(FieldEncoding.ListText, "\"[\\\"ab\\\"]\"", null)]
    [InlineData(FieldEncoding.ListText, "\"[\\\"ab\\\", \\\"😀éa\\\"]\"", 3)]
    [InlineData(FieldEncoding.PythonListText, "\"['é', 'abc']\"", 3)]
    [InlineData(FieldEncoding.PythonListText, "\"{ab,abc}\"", 3)]
    public void Elements_of_lists_that_are_too_long_are_refused_however_the_list_is_written(FieldEncoding encoding, string json, int? length)
    {
        var element = Field(FieldType.Text, maxLength: 2);

        foreach (var list in new[] { element, Field(FieldType.Array) with { Element = element } })
        {
            var found = Read(Field(FieldType.Array, encoding) with { Element = list }, json);
            var message = $"An element of field 'f' is {length} characters long; those of column 'f' take 2. Shorten it, or widen the column.";
            Assert.Equal(length is not null, found == message);
        }

        Assert.StartsWith("[", Read(Field(FieldType.Array, encoding) with { Element = Field(FieldType.Text) }, json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"{\\\"b\\\": [1, 2]}\"", """{"b":[1,2]}""")]
    [InlineData("\"plain\"", "\"plain\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"12\"", "12")]
    [InlineData("\"null\"", "null")]
    [InlineData("\"\\\"quoted\\\"\"", "\"quoted\"")]
    [InlineData("{\"a\" : 1}", """{"a":1}""")]
    [InlineData("true", "true")]
    public void Json_in_text_stands_for_itself_and_other_text_for_text(string json, string expected) =>
        Assert.Equal(expected, Read(Field(FieldType.Json, FieldEncoding.JsonText), json));

    [Theory]
    [InlineData(FieldType.Text, "\"a\\u0000b\"", true)]
    [InlineData(FieldType.Json, "{\"a\": \"\\u0000\"}", true)]
    [InlineData(FieldType.Json, "{\"a\": \"\\\\u0000\"}", false)]
    [InlineData(FieldType.Json, "{\"a\": \"\\\\\\u0000\"}", true)]
    public void Nul_is_refused_wherever_it_stands(FieldType type, string json, bool isRefused) =>
        Assert.Equal(isRefused, Read(Field(type), json).StartsWith("Field 'f' holds the character U+0000", StringComparison.Ordinal));

    [Theory]
    [InlineData(FieldType.Bytes, "\"AAH/\"", "0001FF")]
    [InlineData(FieldType.Bytes, "\"\"", "")]
    [InlineData(FieldType.Guid, "\"6F9619FF-8B86-D011-B42D-00C04FC964FF\"", "6F9619FF8B86D011B42D00C04FC964FF")]
    public void Bytes_are_those_that_the_text_stands_for(FieldType type, string json, string expected)
    {
        Assert.Null(ReadCell(Field(type), json, out var batch, out var cell));
        Assert.Equal(expected, Convert.ToHexString(batch.BytesOf(cell)));
    }

    [Theory]
    [InlineData(FieldType.Instant)]
    [InlineData(FieldType.DateTime)]
    public void Moment_is_read_with_an_escaped_plus_sign(FieldType type)
    {
        Assert.Null(ReadCell(Field(type), "\"2024-05-06T07:08:09\\u002B02:00\"", out _, out var cell));
        Assert.Equal(new DateTime(2024, 5, 6, 5, 8, 9).Ticks, cell.Bits);
    }

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static RelocationField Field(FieldType type, FieldEncoding encoding = FieldEncoding.Native, int? maxLength = null) => new()
    {
        Name = "f",
        Column = "f",
        Type = type,
        StoreType = "?",
        Encoding = encoding,
        MaxLength = maxLength,
    };

    /// <summary>The value as text, or what is wrong with it.</summary>
    private static string Read(RelocationField field, string json)
    {
        if (ReadCell(field, json, out var batch, out var cell) is { } wrong)
        {
            return wrong;
        }

        return field.Type is FieldType.Integer or FieldType.Duration
            ? cell.Bits.ToString(CultureInfo.InvariantCulture)
            : Encoding.UTF8.GetString(batch.BytesOf(cell));
    }

    private static string? ReadCell(RelocationField field, string json, out RowBatch batch, out Cell cell)
    {
        batch = new RowBatch([field], 1);
        var reader = new FieldReader(Encoding.UTF8.GetBytes($"{{\"f\":{json}}}"));
        Assert.True(reader.Read());
        return ValueReader.Read(field, ref reader, batch, out cell);
    }
}
