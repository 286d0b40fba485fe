namespace Relocation.Testing.Inner.XunitV3;

/// <summary>Takes the fixture without the base class.</summary>
public sealed class PlainBrokenTests(BrokenDatabase database) : IClassFixture<BrokenDatabase>
{
    [Fact]
    public void Broken_baseline_of_a_plain_class() => database.Database.CreateContext().Dispose();
}
