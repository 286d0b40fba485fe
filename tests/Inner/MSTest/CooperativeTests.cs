using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

[TestClass]
public sealed class CooperativeTests : TagTests
{
    // MSTest lets a test pass that ends by itself after its time.
    [TestMethod]
    [Timeout(8000, CooperativeCancellation = true)]
    public async Task Passes_though_its_time_ran_out()
    {
        Context.Add(new Tag { Name = "left by a test that passed too late" });
        await Context.SaveChangesAsync(CancellationToken.None);
        var isOver = new TaskCompletionSource();
        await using var over = TestContext.CancellationToken.Register(isOver.SetResult);
        await isOver.Task;
    }
}
