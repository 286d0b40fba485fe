using System.Globalization;
using System.Text;
using CsCheck;
using Relocation.Testing.Texts;
using Xunit;

namespace Relocation.Testing.Tests.Importing;

public sealed class Iso8601Tests
{
    private static readonly string[] Zones = ["", "Z", "+00:00", "+05:30", "-1130", "+14"];

    [Fact]
    public void Date_and_time_is_what_the_framework_reads_in_every_spelling()
    {
        var spelling = Gen.Select(Gen.Char["T "], Gen.Int[-1, 7], Gen.Int[0, Zones.Length - 1]);
        Gen.Select(Gen.Long[TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay], spelling).Sample((ticks, form) =>
        {
            var (separator, digits, zone) = (form.Item1, form.Item2, Zones[form.Item3]);
            var clock = digits switch { -1 => "HH:mm", 0 => "HH:mm:ss", _ => $"HH:mm:ss.{new string('f', digits)}" };
            var text = new DateTime(ticks).ToString($"yyyy-MM-dd'{separator}'{clock}", CultureInfo.InvariantCulture) + zone;
            var parsed = DateTimeOffset.Parse(
                zone == "-1130" ? text.Replace("-1130", "-11:30", StringComparison.Ordinal) : text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

            Assert.True(Iso8601.TryReadDateTime(Encoding.UTF8.GetBytes(text), out var read, out var offset), text);
            Assert.Equal((parsed.UtcTicks, zone.Length > 0), (read - offset.GetValueOrDefault().Ticks, offset is not null));
        });
    }

    [Fact]
    public void Date_is_read_exactly_when_the_framework_reads_it()
    {
        Gen.Select(Gen.Int[0, 9999], Gen.Int[0, 14], Gen.Int[0, 33]).Sample((year, month, day) =>
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}");
            var isDate = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expected);

            Assert.Equal(isDate, Iso8601.TryReadDate(Encoding.UTF8.GetBytes(text), out var date));
            Assert.Equal(isDate ? expected : default, date);
        });
    }

    [Theory]
    [InlineData("2024-02-30T00:00:00Z")]
    [InlineData("2023-02-29")]
    [InlineData("2024-1-01T00:00:00Z")]
    [InlineData("2024-01-01T24:00:00Z")]
    [InlineData("2024-01-01T23:60:00Z")]
    [InlineData("2024-01-01T23:59:60Z")]
    [InlineData("2024-01-01T23:59:59.Z")]
    [InlineData("2024-01-01T23:59:59,5Z")]
    [InlineData("2024-01-01T23:59:59+1")]
    [InlineData("2024-01-01T23:59:59+14:01")]
    [InlineData("2024-01-01T23:59:59-15")]
    [InlineData("2024-01-01T23:59:59+16:00")]
    [InlineData("2024-01-01T23:59:59+05:60")]
    [InlineData("2024-01-01T23:59:59Z5")]
    [InlineData("2024-01-01X23:59:59")]
    [InlineData("2024-01-01T")]
    [InlineData("20240101T000000Z")]
    [InlineData(" 2024-01-01")]
    [InlineData("")]
    public void Text_is_refused_when_it_is_no_date_and_time(string text) =>
        Assert.False(Iso8601.TryReadDateTime(Encoding.UTF8.GetBytes(text), out _, out _));

    [Fact]
    public void Digits_beyond_ticks_are_cut_off()
    {
        Assert.True(Iso8601.TryReadTime("00:00:00.12345678999"u8, out var ticks));
        Assert.Equal(1_234_567, ticks);
    }
}
