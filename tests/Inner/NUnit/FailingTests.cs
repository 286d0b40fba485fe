namespace Relocation.Testing.Inner.NUnit;

public sealed class FailingTests : TagTests
{
    [Test]
    public void Plain_failure() => Assert.Fail("on purpose");
}
