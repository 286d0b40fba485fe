using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>While both tests have deleted their rows, each sees what it did alone.</summary>
public abstract class MeetingTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    public async Task Meets_another_test_with_the_same_baseline()
    {
        await Assert.That(await Context.Tags.CountAsync(TestContext.Current!.Execution.CancellationToken)).IsEqualTo(2);
        await Context.Tags.Where(tag => tag.Name == "new").ExecuteDeleteAsync(TestContext.Current!.Execution.CancellationToken);
        await Meeting.OfTwo.JoinAsync();
        await Assert.That(await Context.Tags.CountAsync(TestContext.Current!.Execution.CancellationToken)).IsEqualTo(1);
    }
}
