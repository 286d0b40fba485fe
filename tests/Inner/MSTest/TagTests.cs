using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

public abstract class TagTests : RelocationTest<ShopContext>
{
    private protected virtual Backup Backup => InnerBackups.Tags;

    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        CreateContext = options => new ShopContext(options),
        Baseline = [Backup],
    };
}
