using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<MissingTarget>(Shared = SharedType.PerClass)]
public sealed class MissingTargetTests(MissingTarget database) : RelocationTest<ShopContext>(database)
{
    [Test]
    public void Database_that_nobody_described() => CreateContext().Dispose();
}
