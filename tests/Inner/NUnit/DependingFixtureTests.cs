namespace Relocation.Testing.Inner.NUnit;

/// <summary>The other class does not say itself that it is part of a chain.</summary>
[DependsOnFixture(typeof(NeededTests))]
public sealed class DependingFixtureTests : TagTests
{
    [Test]
    public void Depends_on_another_class()
    {
    }
}
