using System.Text;
using CsCheck;
using Relocation.Testing.Specification;
using Relocation.Testing.Texts;
using Xunit;

namespace Relocation.Testing.Tests.Showing;

public sealed class ShownTextTests
{
    [Theory]
    [Case("hostile/labels")]
    [InlineData("shop.order", "shop.order")]
    [InlineData("größe 森 😀 |", "größe 森 😀 |")]
    [InlineData("a\nb\r\tc", "a\\u000ab\\u000d\\u0009c")]
    [InlineData("\u001b[31m\u0007\u007f\u0085", "\\u001b[31m\\u0007\\u007f\\u0085")]
    [InlineData("\u202egnp\u2066\u200b\u200d\u2028\ufeff\u00ad", "\\u202egnp\\u2066\\u200b\\u200d\\u2028\\ufeff\\u00ad")]
    [InlineData("\u3164\u2800\ufe0f\u034f\u00a0", "\\u3164\\u2800\\ufe0f\\u034f\\u00a0")]
    [InlineData("\udb40\udc41", "\\udb40\\udc41")]
    public void What_cannot_be_seen_is_shown_as_an_escape(string text, string shown) => Assert.Equal(shown, ShownText.Of(text));

    [Fact]
    [Case("hostile/labels")]
    public void Only_visible_characters_are_left_and_visible_text_stays() => Gen.String.Sample(text =>
    {
        var line = ShownText.Of(text);
        Assert.All(line.EnumerateRunes(), rune => Assert.True(ShownText.IsVisible(rune)));
        Assert.Equal(line, ShownText.Of(line));
        Assert.DoesNotContain('\r', ShownText.Lines(text).Replace("\r\n", "\n", StringComparison.Ordinal));
    });

    [Fact]
    [Case("hostile/labels")]
    public void Json_stays_the_same_document() => Gen.String.Sample(text =>
    {
        var json = System.Text.Json.JsonSerializer.Serialize(new[] { text });
        Assert.Equal(
            System.Text.Json.JsonSerializer.Deserialize<string[]>(json),
            System.Text.Json.JsonSerializer.Deserialize<string[]>(ShownText.Json(json)));
    });

    [Theory]
    [Case("long-label")]
    [InlineData("x")]
    [InlineData("\u202e")]
    [InlineData("😀")]
    public void Long_text_is_cut_with_its_length(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 2_000_000));

        var shown = ShownText.Of(text);

        Assert.InRange(shown.Length, 200, 1_600);
        Assert.EndsWith($"... ({text.Length:#,0} characters)", shown, StringComparison.Ordinal);
        Assert.True(Encoding.UTF8.GetByteCount(shown) > 0);
    }

    [Fact]
    [Case("long-label")]
    public async Task Messages_about_a_long_label_are_short()
    {
        var label = new string('x', 2_000_000);
        foreach (var json in (string[])["[{\"model\": \"" + label + "\", \"pk\": 1, \"fields\": {}}]", "[{\"model\": \"a.b\", \"pk\": 1, \"fields\": {}, \"" + label + "\": 1}]"])
        {
            var refusal = await Assert.ThrowsAsync<BackupFormatException>(
                () => Backup.FromJson(json).CopyToAsync(BackupDestination.ToStream(Stream.Null), TestContext.Current.CancellationToken));

            Assert.InRange(refusal.Message.Length, 1, 2_000);
        }
    }

    [Fact]
    [Case("hostile/labels")]
    public void Labels_places_keys_and_snapshots_show_no_control_characters()
    {
        var label = ModelLabel.Parse("evil.a\nb\u202e|\u007f");
        var place = new RecordPlace { Backup = "b\n.json", Line = 1, Column = 2, Pointer = "/0/fields/x\r\ny", Model = label, Key = RecordKey.From("k\u202e\n") };

        Assert.Equal(@"evil.a\u000ab\u202e|\u007f", label.ToString());
        Assert.Equal(@"b\u000a.json:1:2 /0/fields/x\u000d\u000ay (evil.a\u000ab\u202e|\u007f ""k\u202e\n"")", place.ToString());
    }
}
