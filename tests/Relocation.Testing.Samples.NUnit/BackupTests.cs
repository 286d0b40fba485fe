using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.NUnit;

// begin-snippet: nunit-matrix
public sealed class BackupTests : RelocationTest<ShopContext>
{
    [BackupMatrix("../../fixtures/shop/*.json")]
    public Task Backups_of_all_versions_still_import() => CheckAsync(Database.Baseline[0].Map);
}
// end-snippet
