namespace Relocation.Testing.Inner.XunitV2;

/// <summary>Takes the fixture without the base class.</summary>
public sealed class PlainBrokenTests(BrokenDatabase database) : IClassFixture<BrokenDatabase>
{
    [RelocationFact]
    public void Broken_baseline_of_a_plain_class() => database.Database.CreateContext().Dispose();
}
