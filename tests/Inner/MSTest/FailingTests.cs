using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

[TestClass]
public sealed class FailingTests : TagTests
{
    [TestMethod]
    public async Task Plain_failure()
    {
        Context.Add(new Tag { Name = "left by a failed test" });
        await Context.SaveChangesAsync();
        Assert.Fail("on purpose");
    }
}
