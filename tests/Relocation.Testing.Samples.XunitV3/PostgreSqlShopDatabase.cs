using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

// begin-snippet: xunit-postgresql-fixture
public sealed class PostgreSqlShopDatabase : RelocationFixture<ShopContext>
{
    protected override bool SkipWhenUnavailable => true;

    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = PostgreSqlTarget.ThrowAway(),
        CreateContext = options => new ShopContext(options),
        Baseline = [Backup.FromFile("fixtures/shop/complete.json")],
    };
}
// end-snippet
