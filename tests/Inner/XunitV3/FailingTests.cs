using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV3;

public sealed class FailingTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Fact]
    public void Plain_failure() => Assert.Fail("on purpose");
}
