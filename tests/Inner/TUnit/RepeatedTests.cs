using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<TagDatabase>(Shared = SharedType.PerTestSession)]
public sealed class RepeatedTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    [Retry(1)]
    public async Task Passes_when_it_is_repeated()
    {
        await Assert.That(await Context.Tags.CountAsync()).IsEqualTo(2);
        Context.Add(new Tag { Name = "left by an attempt" });
        await Context.SaveChangesAsync();
        await Assert.That(TestContext.Current!.Execution.CurrentRetryAttempt).IsEqualTo(1);
    }
}
