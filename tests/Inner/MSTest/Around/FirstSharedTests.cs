using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest.Around;

[TestClass]
public sealed class FirstSharedTests : RelocationTest<ShopContext>
{
    [TestMethod]
    public async Task Baseline_of_the_namespace()
    {
        await using var context = CreateContext();
        Assert.AreEqual(2, await context.Tags.CountAsync());
        Assert.AreEqual(2, Database.Baseline[0].Map.Count);
        await context.Tags.ExecuteDeleteAsync();
    }
}
