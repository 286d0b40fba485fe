using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV3;

public sealed class MissingTargetTests(MissingTarget database) : RelocationTest<ShopContext>(database), IClassFixture<MissingTarget>
{
    [Fact]
    public void Database_that_nobody_described() => CreateContext().Dispose();
}
