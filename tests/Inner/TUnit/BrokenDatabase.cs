using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

public sealed class BrokenDatabase : RelocationFixture<ShopContext>
{
    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        CreateContext = options => new ShopContext(options),
        Baseline = [InnerBackups.Broken],
    };
}
