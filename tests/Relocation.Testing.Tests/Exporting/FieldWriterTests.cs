using System.Text;
using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Values;
using Xunit;

namespace Relocation.Testing.Tests.Exporting;

public sealed class FieldWriterTests
{
    private static readonly RelocationField Spans = new()
    {
        Name = "spans",
        Column = "spans",
        StoreType = "interval[]",
        Type = FieldType.Array,
        Element = new RelocationField { Name = "item", Column = "item", StoreType = "interval", Type = FieldType.Duration, ClrType = typeof(TimeSpan) },
    };

    [Fact]
    public void Lengths_of_time_in_lists_are_written_in_one_form() => Assert.Equal(
        """["-1.00:00:01","4.04:00:00","1.02:03:04","1.02:03:04",null]""",
        Written("""["-1 days -00:00:01","100:00:00","1 day 02:03:04","1:2:03:04",null]"""));

    [Theory]
    [InlineData("""["1 mon"]""")]
    [InlineData("""["00:00:01","20000000 days"]""")]
    public void Length_of_time_that_no_import_reads_is_refused(string stored)
    {
        var refusal = Assert.Throws<FormatException>(() => Written(stored));

        Assert.Contains("field 'spans'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("it has months, or is too long", refusal.Message, StringComparison.Ordinal);
    }

    private static string Written(string stored)
    {
        using var batch = new RowBatch([Spans], 1);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            new FieldWriter(Spans, isKey: false, MomentText.Exact).Write(writer, batch.Add(Encoding.UTF8.GetBytes(stored)), batch);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
