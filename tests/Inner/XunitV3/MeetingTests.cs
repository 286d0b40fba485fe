using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV3;

/// <summary>While both tests have deleted their rows, each sees what it did alone.</summary>
public abstract class MeetingTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Fact]
    public async Task Meets_another_test_with_the_same_baseline()
    {
        Assert.Equal(2, await Context.Tags.CountAsync(TestContext.Current.CancellationToken));
        await Context.Tags.Where(tag => tag.Name == "new").ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        await Meeting.OfTwo.JoinAsync();
        Assert.Equal(1, await Context.Tags.CountAsync(TestContext.Current.CancellationToken));
    }
}
