namespace Relocation.Testing.Inner.NUnit;

public sealed class CancelledTests : TagTests
{
    [Test, CancelAfter(1500)]
    public Task Test_that_is_cancelled() => Task.Delay(Timeout.Infinite, TestContext.CurrentContext.CancellationToken);
}
