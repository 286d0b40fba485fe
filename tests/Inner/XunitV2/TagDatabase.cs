using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>A database for each class; xUnit v2 has no fixture of the assembly, and runs classes that share one of a collection one after another.</summary>
public sealed class TagDatabase : RelocationFixture<ShopContext>
{
    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        CreateContext = options => new ShopContext(options),
        Baseline = [InnerBackups.Tags],
    };
}
