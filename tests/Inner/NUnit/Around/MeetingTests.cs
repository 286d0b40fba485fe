using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.NUnit.Around;

/// <summary>While both tests have deleted their rows, each sees what it did alone.</summary>
public abstract class MeetingTests : RelocationTest<ShopContext>
{
    [Test]
    public async Task Meets_another_test_with_the_same_baseline()
    {
        Assert.That(await Context.Tags.CountAsync(), Is.EqualTo(2));
        await Context.Tags.Where(tag => tag.Name == "new").ExecuteDeleteAsync();
        await Meeting.OfTwo.JoinAsync();
        Assert.That(await Context.Tags.CountAsync(), Is.EqualTo(1));
    }
}
