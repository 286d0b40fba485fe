using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class BrokenTests(BrokenDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<BrokenDatabase>
{
    [RelocationFact]
    public void Broken_baseline_that_is_used() => CreateContext().Dispose();

    // It must fail although its body could not: the baseline is what is broken, and Frameworks.Tests asserts that it says so.
    [RelocationFact]
    public void Broken_baseline_that_is_not_used() => Assert.NotNull(GetType());
}
