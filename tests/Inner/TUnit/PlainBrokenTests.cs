namespace Relocation.Testing.Inner.TUnit;

/// <summary>Takes the fixture without the base class.</summary>
[ClassDataSource<BrokenDatabase>(Shared = SharedType.PerClass)]
public sealed class PlainBrokenTests(BrokenDatabase database)
{
    [Test]
    public void Broken_baseline_of_a_plain_class() => database.Database.CreateContext().Dispose();
}
