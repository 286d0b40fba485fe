using Relocation.Testing.Specification.Models.Shop;
using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Inner.MSTest;

[TestClass]
public sealed class RepeatedTests : TagTests
{
    [TestMethod]
    [Retry(2)]
    public async Task Passes_when_it_is_repeated()
    {
        Assert.AreEqual(2, await Context.Tags.CountAsync());
        Context.Add(new Tag { Name = "left by an attempt" });
        await Context.SaveChangesAsync();
        Assert.AreEqual(2, TestContext.TestRunCount);
    }
}
