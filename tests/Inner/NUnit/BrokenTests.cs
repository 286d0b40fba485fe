namespace Relocation.Testing.Inner.NUnit;

public sealed class BrokenTests : TagTests
{
    private protected override Backup Backup => InnerBackups.Broken;

    [Test]
    public void Broken_baseline_that_is_used() => CreateContext().Dispose();

    [Test]
    public void Broken_baseline_that_is_not_used() => Assert.Pass();
}
