using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

/// <summary>Takes longer to import than its tests may take.</summary>
[TestClass]
public sealed class SlowBaselineTests(TestContext context) : TagTests
{
    private static int _described;

    [TestMethod]
    [Timeout(5000)]
    public async Task Import_is_not_the_time_of_a_test()
    {
        Assert.AreEqual(2, await Context.Tags.CountAsync(context.CancellationToken));
        Assert.AreEqual(1, _described);
    }

    [TestMethod]
    [Timeout(5000)]
    public async Task Import_is_not_the_time_of_another_test()
    {
        Assert.AreEqual(2, await Context.Tags.CountAsync(context.CancellationToken));
        Assert.AreEqual(1, _described);
    }

    protected override TestDatabaseOptions<ShopContext> Configure()
    {
        Interlocked.Increment(ref _described);
        Thread.Sleep(6000);
        return base.Configure();
    }
}
