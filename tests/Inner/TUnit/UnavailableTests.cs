using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<UnavailableDatabase>(Shared = SharedType.PerClass)]
public sealed class UnavailableTests(UnavailableDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    public void Database_that_is_not_available() => CreateContext().Dispose();
}
