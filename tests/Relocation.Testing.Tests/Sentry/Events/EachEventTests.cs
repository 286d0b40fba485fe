using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Writing;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Events;

public sealed class EachEventTests
{
    private const int Count = 200;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Failure_of_the_first_event_is_thrown_and_all_before_it_are_done(bool areIndependent)
    {
        const int First = 90;
        var done = new int[Count];

        var failure = Assert.Throws<InvalidOperationException>(() => EachEvent.Do(Count, areIndependent, at =>
        {
            if (at is First or First + 1 or Count - 1)
            {
                throw new InvalidOperationException($"{at}");
            }

            done[at]++;
        }));

        Assert.Equal($"{First}", failure.Message);
        Assert.All(done[..First], times => Assert.Equal(1, times));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Count)]
    public void Each_event_is_done_once(int count)
    {
        var done = new int[count];

        EachEvent.Do(count, areIndependent: true, at => Interlocked.Increment(ref done[at]));

        Assert.All(done, times => Assert.Equal(1, times));
    }

    [Fact]
    public void Events_that_may_be_parts_of_one_another_are_not_independent()
    {
        var inner = new JsonObject();
        var outer = new JsonObject { ["extra"] = inner };

        Assert.True(EachEvent.AreIndependent([new EventInput(1, outer), new EventInput(1, [])]));
        Assert.False(EachEvent.AreIndependent([new EventInput(1, outer), new EventInput(1, inner)]));
    }
}
