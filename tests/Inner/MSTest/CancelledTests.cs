namespace Relocation.Testing.Inner.MSTest;

[TestClass]
public sealed class CancelledTests : TagTests
{
    [TestMethod]
    [Timeout(1500)]
    public Task Test_that_is_cancelled() => Task.Delay(System.Threading.Timeout.Infinite, TestContext.CancellationToken);
}
