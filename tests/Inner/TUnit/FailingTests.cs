using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<TagDatabase>(Shared = SharedType.PerTestSession)]
public sealed class FailingTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    public async Task Plain_failure()
    {
        Context.Add(new Tag { Name = "left by a failed test" });
        await Context.SaveChangesAsync(TestContext.Current!.Execution.CancellationToken);
        Assert.Fail("on purpose");
    }
}
