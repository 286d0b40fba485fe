using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>One test's database at a time: the next test gets that of the last one if it may.</summary>
public sealed class OutlivedDatabase : RelocationFixture<ShopContext>
{
    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        CreateContext = options => new ShopContext(options),
        Baseline = [InnerBackups.Tags],
        MaxDatabases = 1,
    };
}
