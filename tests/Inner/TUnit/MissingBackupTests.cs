using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<MissingBackup>(Shared = SharedType.PerClass)]
public sealed class MissingBackupTests(MissingBackup database) : RelocationTest<ShopContext>(database)
{
    [Test]
    public void Backup_that_is_missing() => CreateContext().Dispose();
}
