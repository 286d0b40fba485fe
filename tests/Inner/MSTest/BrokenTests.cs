namespace Relocation.Testing.Inner.MSTest;

[TestClass]
public sealed class BrokenTests : TagTests
{
    private protected override Backup Backup => InnerBackups.Broken;

    [TestMethod]
    public void Broken_baseline_that_is_used() => CreateContext().Dispose();

    [TestMethod]
    public void Broken_baseline_that_is_not_used() => Assert.IsNotNull(TestContext);
}
