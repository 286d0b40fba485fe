using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV3;

public sealed class CancelledTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Fact(Timeout = 1500)]
    public Task Test_that_is_cancelled() => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);

    // It hears of nothing and never ends: the run must.
    [Fact(Timeout = 1500)]
    public async Task Test_that_outlives_its_time()
    {
        Context.Add(new Tag { Name = "left by a test without end" });
        await Context.SaveChangesAsync(CancellationToken.None);
        await new TaskCompletionSource().Task;
    }
}
