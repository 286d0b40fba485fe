using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV3;

public sealed class FailingTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Fact]
    public async Task Plain_failure()
    {
        Context.Add(new Tag { Name = "left by a failed test" });
        await Context.SaveChangesAsync(TestContext.Current.CancellationToken);
        Assert.Fail("on purpose");
    }
}
