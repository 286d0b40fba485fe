using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<BrokenDatabase>(Shared = SharedType.PerClass)]
public sealed class BrokenTests(BrokenDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    public void Broken_baseline_that_is_used() => CreateContext().Dispose();

    // It must fail although its body could not: the baseline is what is broken, and Frameworks.Tests asserts that it says so.
    [Test]
    public void Broken_baseline_that_is_not_used() => TestContext.Current?.Output.WriteLine("It cannot fail.");
}
