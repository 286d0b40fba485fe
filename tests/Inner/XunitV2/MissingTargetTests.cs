using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class MissingTargetTests(MissingTarget database) : RelocationTest<ShopContext>(database), IClassFixture<MissingTarget>
{
    [RelocationFact]
    public void Database_that_nobody_described() => CreateContext().Dispose();
}
