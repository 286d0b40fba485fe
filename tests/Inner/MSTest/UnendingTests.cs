namespace Relocation.Testing.Inner.MSTest;

/// <summary>Hears of nothing and never ends: the run must.</summary>
[TestClass]
public sealed class UnendingTests : TagTests
{
    [TestMethod]
    [Timeout(1500)]
    public Task Test_that_outlives_its_time() => new TaskCompletionSource().Task;
}
