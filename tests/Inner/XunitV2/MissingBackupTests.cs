using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class MissingBackupTests(MissingBackup database) : RelocationTest<ShopContext>(database), IClassFixture<MissingBackup>
{
    [RelocationFact]
    public void Backup_that_is_missing() => CreateContext().Dispose();
}
