using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.NUnit;

public sealed class MissingTargetTests : RelocationTest<ShopContext>
{
    [Test]
    public void Database_that_nobody_described() => CreateContext().Dispose();
}
