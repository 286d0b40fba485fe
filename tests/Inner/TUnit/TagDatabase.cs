using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>One database for all classes, which xUnit runs in parallel.</summary>
public sealed class TagDatabase : RelocationFixture<ShopContext>
{
    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        CreateContext = options => new ShopContext(options),
        Baseline = [InnerBackups.Tags],
    };
}
