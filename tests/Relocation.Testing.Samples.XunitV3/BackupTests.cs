using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

// begin-snippet: xunit-matrix
public sealed class BackupTests(ShopMatrix shop) : RelocationTest<ShopContext>(shop), IClassFixture<ShopMatrix>
{
    [BackupMatrix("../../fixtures/shop/*.json")]
    public Task Backups_of_all_versions_still_import() => CheckAsync(Database.Baseline[0].Map);
}
// end-snippet
