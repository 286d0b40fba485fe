using System.Globalization;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Events;

public sealed class MomentTests
{
    [Fact]
    public void Text_is_the_moment_that_it_was_made_of()
    {
        var random = new Random(7);
        string[] forms = ["", ".f", ".fff", ".ffffff"];
        for (var i = 0; i < 2_000; i++)
        {
            var moment = DateTimeOffset.UnixEpoch.AddMicroseconds(random.NextInt64(-2_000_000_000, 4_000_000_000) * 1_000_000 + random.Next(1_000_000));
            var text = moment.ToString($"yyyy-MM-dd'T'HH:mm:ss{forms[i % forms.Length]}", CultureInfo.InvariantCulture);
            var expected = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

            foreach (var written in (string[])[text, text + "Z", text + "+00:00", text.Replace('T', ' ')])
            {
                Assert.Equal((expected - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, Moment.Read(JsonValue.Create(written)));
            }
        }
    }

    [Theory]
    [InlineData("2024-02-30T00:00:00Z")]
    [InlineData("2024-13-01T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2024-01-01T24:00:00Z")]
    [InlineData("2024-01-01T00:60:00Z")]
    [InlineData("2024-01-01T00:00:0xZ")]
    [InlineData("2024-01-01T00:00:00.1x")]
    [InlineData("2024-01-01")]
    [InlineData("Z")]
    [InlineData("")]
    public void Text_that_is_no_moment_is_none(string text) => Assert.Null(Moment.Read(JsonValue.Create(text)));

    [Fact]
    public void Finer_digits_than_microseconds_are_cut() =>
        Assert.Equal(1_704_067_200_123_456, Moment.Read(JsonValue.Create("2024-01-01T00:00:00.123456789Z")));
}
