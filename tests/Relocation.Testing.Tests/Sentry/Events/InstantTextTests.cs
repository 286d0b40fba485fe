using System.Globalization;
using System.Text;
using Relocation.Testing.Sentry.Events.Storing;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Events;

public sealed class InstantTextTests
{
    [Fact]
    public void Moment_is_the_text_that_imports_write()
    {
        var random = new Random(11);
        for (var i = 0; i < 2_000; i++)
        {
            // Some end with a second, some in the middle of a fraction.
            var unit = (long)Math.Pow(10, i % 8);
            var ticks = random.NextInt64(DateTimeOffset.MaxValue.Ticks) / unit * unit;
            var moment = new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(i % 3));

            Assert.Equal(moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "+00:00", Written(moment));
        }
    }

    [Theory]
    [InlineData("0001-01-01 00:00:00+00:00")]
    [InlineData("9999-12-31 23:59:59.9999999+00:00")]
    [InlineData("2026-02-28 10:20:30.05+00:00")]
    public void Text_that_was_read_is_written_as_it_was(string text) => Assert.Equal(text, Written(InstantText.Parse(text)));

    private static string Written(DateTimeOffset moment)
    {
        Span<byte> text = stackalloc byte[InstantText.MostBytes];
        return Encoding.ASCII.GetString(text[..InstantText.Write(moment, text)]);
    }
}
