using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest.Around;

/// <summary>While both tests have deleted their rows, each sees what it did alone.</summary>
public abstract class MeetingTests : RelocationTest<ShopContext>
{
    [TestMethod]
    public async Task Meets_another_test_with_the_same_baseline()
    {
        Assert.AreEqual(2, await Context.Tags.CountAsync());
        await Context.Tags.Where(tag => tag.Name == "new").ExecuteDeleteAsync();
        await Meeting.OfTwo.JoinAsync();
        Assert.AreEqual(1, await Context.Tags.CountAsync());
    }
}
