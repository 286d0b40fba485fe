using System.Globalization;
using Relocation.Testing.Values;
using Xunit;

namespace Relocation.Testing.Tests.Exporting;

public sealed class ServerIntervalTests
{
    [Theory]
    [InlineData("00:00:00", "00:00:00")]
    [InlineData("1 day", "1.00:00:00")]
    [InlineData("-1 days", "-1.00:00:00")]
    [InlineData("2 days 03:04:05.678901", "2.03:04:05.6789010")]
    [InlineData("-2 days -03:04:05", "-2.03:04:05")]
    [InlineData("-1 days +23:59:59", "-00:00:01")]
    [InlineData("1 day -00:00:01", "23:59:59")]
    [InlineData("-00:00:00.000001", "-00:00:00.0000010")]
    [InlineData("100:00:00", "4.04:00:00")]
    [InlineData("10675199 days 02:48:05.477580", "10675199.02:48:05.4775800")]
    public void Length_of_time_is_read_as_the_server_writes_it(string text, string expected)
    {
        Assert.True(ServerInterval.TryParse(text, out var span));
        Assert.Equal(expected, span.ToString("c", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1 mon")]
    [InlineData("1 year 2 mons 3 days")]
    [InlineData("10675200 days")]
    [InlineData("day")]
    [InlineData("")]
    [InlineData("soon")]
    public void What_is_no_length_of_time_of_the_framework_is_not_read(string text) => Assert.False(ServerInterval.TryParse(text, out _));
}
