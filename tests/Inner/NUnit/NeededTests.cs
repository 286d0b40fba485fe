namespace Relocation.Testing.Inner.NUnit;

public sealed class NeededTests : TagTests
{
    [Test]
    public void Is_needed_by_another_class()
    {
    }
}
