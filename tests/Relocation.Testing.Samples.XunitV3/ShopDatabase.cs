using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

// begin-snippet: xunit-fixture
public sealed class ShopDatabase : RelocationFixture<ShopContext>
{
    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        CreateContext = options => new ShopContext(options),
        Baseline = [Backup.FromFile("fixtures/shop/complete.json")],
    };
}
// end-snippet
