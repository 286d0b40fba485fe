using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

[TestClass]
public sealed class MissingTargetTests : RelocationTest<ShopContext>
{
    [TestMethod]
    public void Database_that_nobody_described() => CreateContext().Dispose();
}
