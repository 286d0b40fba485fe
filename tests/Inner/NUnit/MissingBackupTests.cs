using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.NUnit;

public sealed class MissingBackupTests() : RelocationTest<ShopContext>(SqliteTarget.InMemory(), "missing.json")
{
    [Test]
    public void Backup_that_is_missing() => CreateContext().Dispose();
}
