using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV3;

public sealed class CancelledTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Fact(Timeout = 1500)]
    public Task Test_that_is_cancelled() => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);

    // The time includes that of getting a database and a context on a busy machine.
    [Fact(Timeout = 20000)]
    public async Task Test_whose_time_runs_out()
    {
        Context.Add(new Tag { Name = "left by a test that ran out of time" });
        await Context.SaveChangesAsync(CancellationToken.None);
        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
    }
}
