using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

[TestClass]
public sealed class MissingBackupTests() : RelocationTest<ShopContext>(SqliteTarget.InMemory(), "missing.json")
{
    [TestMethod]
    public void Backup_that_is_missing() => CreateContext().Dispose();
}
