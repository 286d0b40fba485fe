using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV3;

public sealed class MissingBackupTests(MissingBackup database) : RelocationTest<ShopContext>(database), IClassFixture<MissingBackup>
{
    [Fact]
    public void Backup_that_is_missing() => CreateContext().Dispose();
}
