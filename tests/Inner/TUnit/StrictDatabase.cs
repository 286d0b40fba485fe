using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>Tests fail that leave more than rows.</summary>
public sealed class StrictDatabase : RelocationFixture<ShopContext>
{
    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        CreateContext = options => new ShopContext(options),
        Baseline = [InnerBackups.Tags],
        FailOnLeftovers = true,
    };
}
