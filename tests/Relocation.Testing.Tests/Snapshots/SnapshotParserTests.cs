using CsCheck;
using Relocation.Testing.Tests.Keys;
using Xunit;

namespace Relocation.Testing.Tests.Snapshots;

public sealed class SnapshotParserTests
{
    private const string Head = "relocation pk map 1\n1 record of 1 model\n\nshop.order: 1 record (1 inserted)\n";

    [Theory]
    [InlineData("", 1, "is not as expected at column 1: 'relocation pk map 1'.")]
    [InlineData("order 1 -> 2", 1, "is not as expected at column 1: 'relocation pk map 1'.")]
    [InlineData("relocation pk map 2\n0 records of 0 models", 1, "gives a format that this version does not read; it reads 'relocation pk map 1'.")]
    [InlineData("relocation pk map 1", 2, "announces other records than those that follow it.")]
    [InlineData("relocation pk map 1\n1 record of 0 models", 2, "announces other records than those that follow it.")]
    [InlineData("relocation pk map 1\n0 records of 0 models\n\nno label", 4, "is not as expected at column 1: a model's label.")]
    [InlineData("relocation pk map 1\n0 records of 0 models\nshop.order 1 -> 2 inserted", 3, "holds a record of 'shop.order' outside that model's section.")]
    [InlineData("relocation pk map 1\n0 records of 1 model\nshop.order: 0 records\nshop.order: 0 records", 4, "starts model 'shop.order' a second time.")]
    [InlineData(Head, 4, "announces other records than those that follow it.")]
    [InlineData(Head + "shop.order 1 -> 2 existing", 4, "announces other records than those that follow it.")]
    [InlineData(Head + "shop.visit 1 -> 2 inserted", 5, "holds a record of 'shop.visit' outside that model's section.")]
    [InlineData(Head + "shop.order 1 -> 2 inserted\nshop.order 1 -> 3 inserted", 6, "holds a record of 'shop.order' whose old key is not above the one before it.")]
    [InlineData(Head + "shop.order 1 -> 2 inserted a=b.c#1 a=b.c#2", 5, "gives the reference 'a' twice.")]
    public void Parse_says_which_line_is_wrong(string text, int line, string what)
    {
        var exception = Assert.Throws<FormatException>(() => PrimaryKeyMap.Parse(text));

        Assert.Equal(
            $"The text is no snapshot of a pk map: line {line} {what} Restore the file, or approve the map anew.",
            exception.Message);
    }

    [Theory]
    [InlineData("shop.order 1 => 2 inserted", 13)]
    [InlineData("shop.order x -> 2 inserted", 12)]
    [InlineData("shop.order \"x -> 2 inserted", 12)]
    [InlineData("shop.order \"\\q\" -> 2 inserted", 12)]
    [InlineData("shop.order (1) -> 2 inserted", 14)]
    [InlineData("shop.order (1,2 -> 2 inserted", 16)]
    [InlineData("shop.order 1 -> 2 written", 19)]
    [InlineData("shop.order 1 -> 2 inserted ", 28)]
    [InlineData("shop.order 1 -> 2 inserted,", 27)]
    [InlineData("shop.order 1 -> 2 inserted owner=7", 34)]
    [InlineData("shop.order 1 -> 2 inserted owner=auth.user#", 44)]
    public void Parse_says_which_column_is_wrong(string record, int column)
    {
        var exception = Assert.Throws<FormatException>(() => PrimaryKeyMap.Parse(Head + record));

        Assert.Contains($"line 5 is not as expected at column {column}: 'model old-key", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_never_takes_a_text_with_a_line_lost() =>
        MapParts.Models.Where(models => models.Length > 0).Sample(models =>
        {
            var lines = MapParts.Build(models).ToSnapshot().Split('\n');

            for (var lost = 0; lost < lines.Length; lost++)
            {
                if (lines[lost].Length > 0)
                {
                    var rest = string.Join('\n', lines.Where((_, index) => index != lost));
                    Assert.Throws<FormatException>(() => PrimaryKeyMap.Parse(rest));
                }
            }
        });

    [Fact]
    public void Parse_fails_in_no_other_way_when_characters_change() =>
        Gen.Select(MapParts.Models, Gen.Int[0, 10_000], Gen.Char).Sample((models, place, character) =>
        {
            var text = MapParts.Build(models).ToSnapshot().ToCharArray();
            text[place % text.Length] = character;

            var exception = Record.Exception(() => PrimaryKeyMap.Parse(new string(text)));

            Assert.True(exception is null or FormatException, exception?.ToString());
        });
}
