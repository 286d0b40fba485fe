namespace Relocation.Testing.Inner.NUnit;

/// <summary>NUnit runs no chain of tests in parallel, and our classes are parallel by default.</summary>
public sealed class DependingTests : TagTests
{
    [Test]
    public void Comes_first()
    {
    }

    [Test, DependsOnTest(nameof(Comes_first))]
    public void Depends_on_another_test()
    {
    }
}
